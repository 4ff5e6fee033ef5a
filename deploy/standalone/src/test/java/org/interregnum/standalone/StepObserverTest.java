package org.interregnum.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.market.StepObserver;
import org.interregnum.orchestrator.market.StepStage;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.random.Generators;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;

/** What whoever measures a run hears: each step, its stages in their order, and an end. */
class StepObserverTest {
    @Test
    void shouldHearTheStagesOfEveryStepInTheirOrder() {
        List<String> heard = new ArrayList<>();
        RunLoop loop = new RunLoop(
                "run",
                "test",
                new RunSpec(MarketParameters.of(1, 0.8, 50, 3), 3, 42, Generators.NUMPY, 0.25),
                new RuleSellerAgents(),
                new RuleBuyerAgents(),
                EventLog.NONE,
                RunListener.NONE);
        loop.observe(new StepObserver() {
            @Override
            public void begins(long step) {
                heard.add("step " + step);
            }

            @Override
            public void enters(StepStage stage) {
                heard.add(stage.name());
            }

            @Override
            public void ends(StepTaken step) {
                heard.add("end " + step.step());
            }
        });
        loop.run();

        assertThat(heard)
                .containsExactly(
                        "step 1",
                        "DRAW",
                        "RESEARCH",
                        "PRICE",
                        "CHOICES",
                        "GATHER",
                        "LOG",
                        "APPLY",
                        "end 1",
                        "step 2",
                        "DRAW",
                        "RESEARCH",
                        "PRICE",
                        "CHOICES",
                        "GATHER",
                        "LOG",
                        "APPLY",
                        "end 2");
    }
}
