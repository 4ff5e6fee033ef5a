package org.interregnum.orchestrator.adapter.kafka;

import java.util.Arrays;
import org.interregnum.orchestrator.adapter.json.DecisionLine;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.decision.DecisionLog;

/**
 * Decisions of models on Kafka, each with the content of its line in a file. They go the way of the run's events and are
 * committed in one order with them: a step never comes before the decisions that it rests on. A decision is on its way
 * when {@link #append} returns and committed when {@link #flush} does; what the end of the process must not lose in
 * between is kept in a file as well. May be used by several threads.
 */
final class KafkaDecisionLog implements DecisionLog {
    private final TransactionWriter writer;

    KafkaDecisionLog(TransactionWriter writer) {
        this.writer = writer;
    }

    @Override
    public void append(DecisionRecord decision) {
        byte[] line = DecisionLine.of(decision);
        writer.addDecision(Arrays.copyOf(line, line.length - 1));
    }

    @Override
    public void flush() {
        writer.flush();
    }
}
