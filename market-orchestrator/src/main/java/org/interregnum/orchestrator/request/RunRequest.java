package org.interregnum.orchestrator.request;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * A run as somebody asked for it, checked.
 *
 * @param spec what defines its trajectory
 * @param out where its files go; empty for a directory of its own under {@code runs}
 * @param figure whether to draw the figure
 * @param quiet whether to keep progress to itself
 * @param sellerTarget seller agent service; empty for the rule in this process
 * @param buyerTarget buyer agent service; empty for the rule in this process
 * @param deadline longest wait for an agent service's decision
 * @param connectDeadline longest wait for an agent service to say who it is, before the first decision
 * @param batchSize most buyers in one question to an agent service
 * @param rules when a run with models stops early
 * @param kafka broker that keeps the log; empty for a file
 */
public record RunRequest(
        RunSpec spec,
        Optional<Path> out,
        boolean figure,
        boolean quiet,
        Optional<AgentAddress> sellerTarget,
        Optional<AgentAddress> buyerTarget,
        Duration deadline,
        Duration connectDeadline,
        int batchSize,
        DecisionRules rules,
        Optional<KafkaConnection> kafka) {

    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
    public static final Duration DEFAULT_CONNECT_DEADLINE = Duration.ofSeconds(3);
    public static final int DEFAULT_BATCH_SIZE = 10_000;

    /** The same with other waits for agent services. */
    public RunRequest withDeadlines(Duration newDeadline, Duration newConnectDeadline) {
        return new RunRequest(
                spec,
                out,
                figure,
                quiet,
                sellerTarget,
                buyerTarget,
                newDeadline,
                newConnectDeadline,
                batchSize,
                rules,
                kafka);
    }

    /** Whether any seller follows the rule. */
    public boolean hasRuleSellers() {
        return spec.models().modelSellers() < spec.market().sellers();
    }
}
