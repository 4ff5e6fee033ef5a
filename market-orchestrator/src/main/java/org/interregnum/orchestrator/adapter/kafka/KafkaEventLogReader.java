package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventOrder;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * Reads a run's committed events from Kafka, from the first to the end that they had at opening. Anything that is not
 * whole, not ours, missing or there twice is an {@link EventLogException} that names topic, partition and offset. An end
 * after which the run was resumed is passed over: it was none.
 */
public final class KafkaEventLogReader implements EventSource {
    private final String runId;
    private final KafkaConnection connection;
    private final long eventsKnown;
    private final CommittedRecords records;
    private RunEnded end;
    private final EventOrder order = EventOrder.withManyEnds();
    private long sequence;
    private long steps;
    private long behind;

    /** @param records the run's records, from its first event on */
    KafkaEventLogReader(String runId, KafkaConnection connection, RunRecord run, CommittedRecords records) {
        this.runId = runId;
        this.connection = connection;
        this.records = records;
        eventsKnown = run.getEvents();
        behind = run.getFirstEventOffset();
    }

    /**
     * Opens the events of a run that others may be writing: what is committed now is read.
     *
     * @throws EventLogException when there is no such run, or the broker does not answer
     */
    public static KafkaEventLogReader open(KafkaConnection connection, String runId) {
        try {
            RunRecord run = find(connection, runId);
            return new KafkaEventLogReader(
                    runId,
                    connection,
                    run,
                    CommittedRecords.stable(connection, partition(run), key(runId), run.getFirstEventOffset()));
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    /** What is known of a run that must be there. */
    static RunRecord find(KafkaConnection connection, String runId) {
        return KafkaTopics.find(connection, false)
                .flatMap(topics -> new RunRecords(connection, topics, runId).find(() -> false))
                .orElseThrow(() -> noSuchRun(connection, runId));
    }

    static EventLogException noSuchRun(KafkaConnection connection, String runId) {
        return new EventLogException("there is no run " + runId + " on " + connection.name());
    }

    static TopicPartition partition(RunRecord run) {
        return new TopicPartition(KafkaTopics.STEPS, run.getStepsPartition());
    }

    static byte[] key(String runId) {
        return runId.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public MarketEvent next() {
        try {
            return nextEvent();
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    private MarketEvent nextEvent() {
        ConsumerRecord<byte[], byte[]> record = records.next();
        if (record == null) {
            if (sequence < eventsKnown && records.isComplete()) {
                throw new EventLogException(String.format(
                        Locale.ROOT,
                        "%s, %s: the run %s ends after %d events, but had %d",
                        connection.name(),
                        KafkaTopics.STEPS,
                        runId,
                        sequence,
                        eventsKnown));
            }
            RunEnded last = end;
            end = null;
            return last;
        }
        try {
            MarketEvent event = event(record);
            behind = record.offset() + 1;
            if (event instanceof RunEnded ended) {
                end = ended;
                return nextEvent();
            }
            end = null;
            return event;
        } catch (EventLogException e) {
            throw e.getMessage().startsWith(connection.name())
                    ? e
                    : new EventLogException(records.place(record) + e.getMessage(), e);
        }
    }

    private MarketEvent event(ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = RecordHeaders.of(record);
        headers.requireSequence("event", sequence);
        MarketEvent event = headers.format().decodeEvent(record.value());
        if (!event.getClass().getSimpleName().equals(headers.type())) {
            throw new EventLogException("damaged: the record says that it is a " + headers.type() + ", and holds a "
                    + event.getClass().getSimpleName());
        }
        requireNext(event);
        sequence++;
        return event;
    }

    private void requireNext(MarketEvent event) {
        order.require(event);
        if (event instanceof RunStarted started && !started.runId().equals(runId)) {
            throw new EventLogException(
                    "the log contradicts itself: it is the beginning of the run " + started.runId());
        }
        steps += event instanceof StepTaken ? 1 : 0;
    }

    /** Number of events read so far, those that were passed over among them. */
    long sequence() {
        return sequence;
    }

    /** Number of steps read so far. */
    long steps() {
        return steps;
    }

    /** Offset behind the last event read. */
    long behind() {
        return behind;
    }

    @Override
    public void close() {
        records.close();
    }
}
