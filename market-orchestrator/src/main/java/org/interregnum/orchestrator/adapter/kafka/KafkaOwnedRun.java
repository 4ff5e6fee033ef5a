package org.interregnum.orchestrator.adapter.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;
import org.interregnum.orchestrator.adapter.protobuf.RunRecordCodec;
import org.interregnum.orchestrator.event.RunEnded;

/**
 * A run of an orchestrator service that has not finished.
 *
 * @param runId what it is called
 * @param request what was asked for, as the text of a run file
 * @param created when it was first written there
 * @param end how it was stopped; empty when it runs, or was killed
 */
public record KafkaOwnedRun(String runId, String request, Instant created, Optional<RunEnded> end) {
    /**
     * The unfinished runs of a service. What cannot be read is passed over: it may be anybody's.
     *
     * @param isComplete whether transactions that are open are waited for, which may take as long as one lives whose
     *     writer is gone; otherwise what they hide is left out
     * @param journal takes the name of each run that cannot be read, and a line about it
     * @throws org.interregnum.orchestrator.event.EventLogException when the broker does not answer
     */
    public static List<KafkaOwnedRun> of(
            KafkaConnection connection, String orchestrator, boolean isComplete, BiConsumer<String, String> journal) {
        try {
            return KafkaTopics.find(connection, false)
                    .map(topics -> RunRecords.unfinishedOf(connection, topics, orchestrator, isComplete, journal))
                    .map(runs -> runs.entrySet().stream()
                            .map(run -> new KafkaOwnedRun(
                                    run.getKey(),
                                    run.getValue().latest().getRequest(),
                                    run.getValue().first(),
                                    RunRecordCodec.ended(run.getValue().latest())))
                            .toList())
                    .orElse(List.of());
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }
}
