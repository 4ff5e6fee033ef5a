package org.interregnum.standalone.recorded;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.time.Duration;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcBuyerAgents;
import org.interregnum.orchestrator.adapter.grpc.GrpcSellerAgents;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents that end in the middle of a run and come back: the run waits, goes on, and has the same bits. */
@Tag("thorough")
@Timeout(300)
class RestartedAgentsIT {
    private static final int EVERY = 100;

    private AgentProcess agent;
    private AgentProcess other;

    @ParameterizedTest
    @EnumSource(BundledAgent.class)
    void shouldGoOnWhenAnAgentIsStoppedOrKilledAndStartedAgain(BundledAgent restarted) throws Exception {
        RecordedRun run = new RecordedRun("published/j1.0-rho0.8");
        agent = AgentProcess.start(restarted);
        other = AgentProcess.start(restarted == SELLER ? BUYER : SELLER);
        AgentProcess seller = restarted == SELLER ? agent : other;
        AgentProcess buyer = restarted == SELLER ? other : agent;
        GrpcAgentOptions options = GrpcAgentOptions.defaults().withDeadline(Duration.ofSeconds(60));
        try (GrpcSellerAgents sellers = GrpcSellerAgents.connect(seller.address(), options);
                GrpcBuyerAgents buyers = GrpcBuyerAgents.connect(buyer.address(), options)) {
            run.assertEqualTo(
                    new RunLoop("test", "test", run.spec(), sellers, buyers, EventLog.NONE, new Restarts(restarted))
                            .run());
        } finally {
            agent.close();
            other.close();
        }
    }

    /** Ends the agent while the next steps are under way, by turns gently and not, and starts it again. */
    private final class Restarts implements RunListener {
        private final BundledAgent restarted;
        private Thread restart;

        Restarts(BundledAgent restarted) {
            this.restarted = restarted;
        }

        @Override
        public void stepTaken(StepTaken step, MarketState state) {
            if (step.step() % EVERY == 0) {
                awaitLast();
                boolean gently = step.step() / EVERY % 2 == 0;
                restart = new Thread(() -> restart(gently));
                restart.start();
            }
        }

        private void awaitLast() {
            try {
                if (restart != null) {
                    restart.join();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void restart(boolean gently) {
            try {
                if (gently) {
                    agent.close();
                } else {
                    agent.kill();
                }
                agent = AgentProcess.start(restarted, agent.address().port());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
