package org.interregnum.orchestrator.adapter.kafka;

import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.json.DecisionLines;

/**
 * The committed decisions of a run that others may be writing. Which questions were asked and not answered is not known
 * here.
 *
 * @param connection where the broker is
 * @param runId what the run is called there
 */
public record KafkaDecisionLines(KafkaConnection connection, String runId) implements DecisionLines {
    @Override
    public String name() {
        return connection.name() + ", " + KafkaTopics.DECISIONS + ", run " + runId;
    }

    @Override
    public String place(long number) {
        return name() + ", line " + number;
    }

    @Override
    public long read(long most, Consumer<byte[]> reader) {
        try {
            RunRecord run = KafkaEventLogReader.find(connection, runId);
            return new DecisionRecords(
                            connection,
                            runId,
                            new TopicPartition(KafkaTopics.DECISIONS, run.getDecisionsPartition()),
                            run.getFirstDecisionOffset(),
                            run.getDecisions())
                    .read(most, () -> false, reader);
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }
}
