package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.protobuf.RunRecordCodec;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;

/** What a run has sent so far, and where to. Used by one thread at a time. */
final class RunProgress {
    static final String DECISION = "Decision";

    private final String writer;
    private final RunOwner owner;
    private final byte[] key;
    private final ValueFormat format;
    private final TopicPartition eventsPartition;
    private final TopicPartition decisionsPartition;
    private final long firstDecisionOffset;
    private long firstEventOffset;
    private RunStarted started;
    private RunEnded ended;
    private long steps;
    private long events;
    private long decisions;

    /** A run that has nothing yet. */
    RunProgress(
            String writer,
            RunOwner owner,
            String runId,
            ValueFormat format,
            TopicPartition eventsPartition,
            TopicPartition decisionsPartition,
            long firstDecisionOffset) {
        this.writer = writer;
        this.owner = owner;
        key = runId.getBytes(StandardCharsets.UTF_8);
        this.format = format;
        this.eventsPartition = eventsPartition;
        this.decisionsPartition = decisionsPartition;
        this.firstDecisionOffset = firstDecisionOffset;
    }

    /** A run that goes on. */
    RunProgress(String writer, String runId, ValueFormat format, RunRecord before) {
        this(
                writer,
                new RunOwner(before.getOrchestrator(), before.getRequest()),
                runId,
                format,
                KafkaEventLogReader.partition(before),
                new TopicPartition(KafkaTopics.DECISIONS, before.getDecisionsPartition()),
                before.getFirstDecisionOffset());
        firstEventOffset = before.getFirstEventOffset();
        started = RunRecordCodec.started(before);
        ended = RunRecordCodec.ended(before).orElse(null);
        steps = before.getSteps();
        events = before.getEvents();
        decisions = before.getDecisions();
    }

    String writer() {
        return writer;
    }

    TopicPartition eventsPartition() {
        return eventsPartition;
    }

    TopicPartition decisionsPartition() {
        return decisionsPartition;
    }

    long firstDecisionOffset() {
        return firstDecisionOffset;
    }

    /** Number of its events. */
    long events() {
        return events;
    }

    /** Number of its decisions. */
    long decisions() {
        return decisions;
    }

    /** Whether the run has its first event. */
    boolean hasBegun() {
        return started != null;
    }

    boolean hasModels() {
        return started != null && !started.models().isEmpty();
    }

    void foundEvents(long foundEvents, long foundSteps) {
        events = foundEvents;
        steps = foundSteps;
    }

    void foundDecisions(long found) {
        decisions = found;
    }

    void firstEventAt(long offset) {
        firstEventOffset = offset;
    }

    /**
     * Encodes what is sent for the first time, and counts it.
     *
     * @throws EventLogException when it is too large for a record
     */
    void add(Outgoing outgoing) {
        outgoing.encoded(outgoing.isEvent() ? ofEvent(outgoing) : ofDecision(outgoing));
        int size = outgoing.record().value().length + key.length + KafkaConnection.OVERHEAD;
        if (size > KafkaConnection.LARGEST_MESSAGE) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "a record of %d bytes is too large: must be at most %d with its frame",
                    size,
                    KafkaConnection.LARGEST_MESSAGE));
        }
    }

    private ProducerRecord<byte[], byte[]> ofEvent(Outgoing outgoing) {
        MarketEvent event = outgoing.event();
        events = outgoing.sequence() + 1;
        ended = null;
        if (event instanceof RunStarted start) {
            started = start;
        } else if (event instanceof StepTaken) {
            steps++;
        } else if (event instanceof RunEnded end) {
            ended = end;
        }
        return new RecordHeaders(event.getClass().getSimpleName(), outgoing.sequence(), format)
                .record(eventsPartition, key, format.encode(event));
    }

    private ProducerRecord<byte[], byte[]> ofDecision(Outgoing outgoing) {
        decisions = outgoing.sequence() + 1;
        return new RecordHeaders(DECISION, outgoing.sequence(), ValueFormat.JSON)
                .record(decisionsPartition, key, outgoing.decision());
    }

    /** The run as it is now. */
    RunRecord record() {
        return RunRecordCodec.of(started, Optional.ofNullable(ended))
                .setSteps(steps)
                .setEvents(events)
                .setDecisions(decisions)
                .setStepsPartition(eventsPartition.partition())
                .setFirstEventOffset(firstEventOffset)
                .setDecisionsPartition(decisionsPartition.partition())
                .setFirstDecisionOffset(firstDecisionOffset)
                .setWriter(writer)
                .setOrchestrator(owner.orchestrator())
                .setRequest(owner.request())
                .build();
    }
}
