package org.interregnum.orchestrator.adapter.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.protobuf.RunRecordCodec;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStatus;

/**
 * A run whose events and decisions are on Kafka, and the right to write it: the latest orchestrator to create it or to
 * take it over has that, and the writes of an earlier one fail.
 *
 * <pre>
 * KafkaRun run = KafkaRun.takeOver(connection, "first", listener);
 * EventSource before = run.source();      // read to its end
 * EventLog log = run.events(follower);    // goes on behind it
 * </pre>
 */
public final class KafkaRun implements AutoCloseable {
    private final KafkaConnection connection;
    private final String runId;
    private final RunRecords runs;
    private final RunProgress progress;
    private final Producer<byte[], byte[]> producer;
    private final BrokerListener listener;
    private final Optional<KafkaEventLogReader> source;
    private final long eventsFrom;
    private volatile TransactionWriter writer;
    private List<byte[]> lost = List.of();
    private boolean closed;
    private volatile boolean stopping;

    private KafkaRun(
            KafkaConnection connection,
            String runId,
            RunRecords runs,
            RunProgress progress,
            Producer<byte[], byte[]> producer,
            BrokerListener listener,
            Optional<KafkaEventLogReader> source,
            long eventsFrom) {
        this.connection = connection;
        this.runId = runId;
        this.runs = runs;
        this.progress = progress;
        this.producer = producer;
        this.listener = listener;
        this.source = source;
        this.eventsFrom = eventsFrom;
    }

    /**
     * A new run. Topics that are missing are made.
     *
     * @param runId identifier that no run has
     * @param owner whose run it is
     * @param listener hears when the broker is away
     * @throws EventLogException when there is such a run already, or the broker does not answer
     */
    public static KafkaRun create(KafkaConnection connection, String runId, RunOwner owner, BrokerListener listener) {
        Producer<byte[], byte[]> producer = null;
        boolean whole = false;
        try {
            KafkaTopics topics = KafkaTopics.find(connection, true).orElseThrow();
            RunRecords runs = new RunRecords(connection, topics, runId);
            // Before it is begun, since beginning ends whoever writes a run of this name.
            requireNew(connection, runs, runId);
            producer = TransactionWriter.begin(connection, runId);
            requireNew(connection, runs, runId);
            TopicPartition events = topics.partition(KafkaTopics.STEPS, runId);
            TopicPartition decisions = topics.partition(KafkaTopics.DECISIONS, runId);
            RunProgress progress = new RunProgress(
                    UUID.randomUUID().toString(),
                    owner,
                    runId,
                    connection.values(),
                    events,
                    decisions,
                    CommittedRecords.lastOffset(connection, decisions));
            KafkaRun run = new KafkaRun(
                    connection,
                    runId,
                    runs,
                    progress,
                    producer,
                    listener,
                    Optional.empty(),
                    CommittedRecords.lastOffset(connection, events));
            whole = true;
            return run;
        } catch (KafkaException e) {
            throw connection.problem(e);
        } finally {
            if (!whole && producer != null) {
                producer.close(Duration.ZERO);
            }
        }
    }

    /** A new run that no service owns. */
    public static KafkaRun create(KafkaConnection connection, String runId, BrokerListener listener) {
        return create(connection, runId, RunOwner.NOBODY, listener);
    }

    /**
     * Whether there is a run of this name, in whatever state.
     *
     * @throws EventLogException when the broker does not answer
     */
    public static boolean isThere(KafkaConnection connection, String runId) {
        try {
            return KafkaTopics.find(connection, false)
                    .flatMap(topics -> new RunRecords(connection, topics, runId).find(() -> false))
                    .isPresent();
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    private static void requireNew(KafkaConnection connection, RunRecords runs, String runId) {
        if (runs.find(() -> false).isPresent()) {
            throw new EventLogException("there is a run " + runId + " on " + connection.name() + " already");
        }
    }

    /**
     * Goes on with a run, and ends whoever writes it.
     *
     * @param listener hears when the broker is away
     * @throws EventLogException when there is no such run, it is finished, or the broker does not answer
     */
    public static KafkaRun takeOver(KafkaConnection connection, String runId, BrokerListener listener) {
        return takeOver(connection, runId, false, listener);
    }

    /**
     * The same, also for a run that has come to its end on Kafka, but not to its files.
     *
     * @param evenFinished whether a run that is finished is taken over as well
     * @param listener hears when the broker is away
     * @throws EventLogException when there is no such run, it is finished and that is not wanted, or the broker does not
     *     answer
     */
    public static KafkaRun takeOver(
            KafkaConnection connection, String runId, boolean evenFinished, BrokerListener listener) {
        Producer<byte[], byte[]> producer = null;
        KafkaEventLogReader source = null;
        boolean whole = false;
        try {
            KafkaTopics topics = KafkaTopics.find(connection, false)
                    .orElseThrow(() -> KafkaEventLogReader.noSuchRun(connection, runId));
            RunRecords runs = new RunRecords(connection, topics, runId);
            require(connection, runs, runId, evenFinished);
            producer = TransactionWriter.begin(connection, runId);
            RunRecord before = require(connection, runs, runId, evenFinished);
            RunRecord ours =
                    before.toBuilder().setWriter(UUID.randomUUID().toString()).build();
            // At once, for the one that was ended looks here whether it is to come back.
            claim(producer, runs.record(ours));
            source = new KafkaEventLogReader(
                    runId,
                    connection,
                    ours,
                    CommittedRecords.all(
                            connection,
                            KafkaEventLogReader.partition(ours),
                            KafkaEventLogReader.key(runId),
                            ours.getFirstEventOffset(),
                            () -> false));
            RunProgress progress = new RunProgress(ours.getWriter(), runId, connection.values(), ours);
            KafkaRun run = new KafkaRun(connection, runId, runs, progress, producer, listener, Optional.of(source), 0);
            whole = true;
            return run;
        } catch (KafkaException e) {
            throw connection.problem(e);
        } finally {
            if (!whole) {
                close(source, producer);
            }
        }
    }

    private static void close(KafkaEventLogReader source, Producer<byte[], byte[]> producer) {
        try {
            if (source != null) {
                source.close();
            }
        } finally {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
        }
    }

    private static RunRecord require(KafkaConnection connection, RunRecords runs, String runId, boolean evenFinished) {
        RunRecord run = runs.find(() -> false).orElseThrow(() -> KafkaEventLogReader.noSuchRun(connection, runId));
        if (!evenFinished
                && RunRecordCodec.ended(run)
                        .map(RunEnded::status)
                        .filter(RunStatus.FINISHED::equals)
                        .isPresent()) {
            throw new EventLogException(
                    "the run " + runId + " on " + connection.name() + " is finished; there is nothing to resume");
        }
        requirePossible(connection, run, runId);
        return run;
    }

    /** Before anybody is ended for its sake. */
    private static void requirePossible(KafkaConnection connection, RunRecord run, String runId) {
        try {
            RunRecordCodec.started(run);
        } catch (EventLogException e) {
            throw new EventLogException(
                    "%s, %s: the record of the run %s is damaged: %s"
                            .formatted(connection.name(), KafkaTopics.RUNS, runId, e.getMessage()),
                    e);
        }
    }

    /**
     * Removes what says that there is such a run and where its events are, and ends whoever writes it. The events stay until
     * the broker drops them, and nobody finds them any more. Does nothing when there is no such run.
     *
     * @throws EventLogException when the broker does not answer
     */
    public static void remove(KafkaConnection connection, String runId) {
        try {
            Optional<RunRecords> runs =
                    KafkaTopics.find(connection, false).map(topics -> new RunRecords(connection, topics, runId));
            if (runs.isEmpty() || !isThere(connection, runId)) {
                return;
            }
            try (Producer<byte[], byte[]> producer = TransactionWriter.begin(connection, runId)) {
                claim(producer, runs.get().removal());
            }
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    /** Writes the record of a run in a transaction of its own. */
    private static void claim(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.beginTransaction();
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("interrupted while the record of a run was written", e);
        }
        producer.commitTransaction();
    }

    /** The events of a run that was taken over. Stays this run's: read it to its end before {@link #events}. */
    public EventSource source() {
        return source.orElseThrow(() -> new IllegalStateException("a new run has no events"));
    }

    /**
     * Hands on the decisions of a run that was taken over: what a file has as lines, without their ends.
     *
     * @throws EventLogException when one is damaged, foreign, missing or there twice
     */
    public void readDecisions(Consumer<byte[]> reader) {
        DecisionRecords decisions = new DecisionRecords(
                connection, runId, progress.decisionsPartition(), progress.firstDecisionOffset(), progress.decisions());
        progress.foundDecisions(decisions.read(Long.MAX_VALUE, () -> stopping, reader));
    }

    /**
     * The log of its events, behind those that are there. Called once.
     *
     * @param follower is shown each event that was appended without an exception, in order, on the log's own thread;
     *     must not throw
     */
    public EventLog events(Consumer<MarketEvent> follower) {
        long behind = eventsFrom;
        if (source.isPresent()) {
            behind = source.get().behind();
            progress.foundEvents(source.get().sequence(), source.get().steps());
            // To know how many there are.
            readDecisions(decision -> {});
        }
        writer = new TransactionWriter(
                connection,
                runId,
                runs,
                progress,
                producer,
                behind,
                progress.firstDecisionOffset(),
                follower,
                listener);
        if (stopping) {
            writer.stopWaiting();
        }
        lost.forEach(writer::addDecision);
        return new KafkaEventLog(writer);
    }

    /**
     * Decisions that were kept elsewhere and never came here. They are written behind those that are here.
     *
     * @param lines what is kept of them
     */
    public void addLostDecisions(List<byte[]> lines) {
        lost = List.copyOf(lines);
    }

    /** Whether a run that was taken over has sellers or buyers that are models. */
    public boolean hasModels() {
        return progress.hasModels();
    }

    /** How the broker is reached. */
    public KafkaConnection connection() {
        return connection;
    }

    /** What the run is called. */
    public String runId() {
        return runId;
    }

    /** The log of its models' decisions; after {@link #events}. */
    public DecisionLog decisions() {
        return new KafkaDecisionLog(writer);
    }

    /** Whether another orchestrator is known to have taken the run over from this one. */
    public boolean isTakenOver() {
        TransactionWriter writing = writer;
        return writing != null && writing.isTakenOver();
    }

    /** From now on a broker that does not answer is waited for a moment only. May be called from any thread. */
    public void stopWaiting() {
        stopping = true;
        TransactionWriter writing = writer;
        if (writing != null) {
            writing.stopWaiting();
        }
    }

    /** Lets go of the run when all is written. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        source.ifPresent(KafkaEventLogReader::close);
        if (writer == null) {
            producer.close(Duration.ZERO);
        } else {
            writer.close();
        }
    }
}
