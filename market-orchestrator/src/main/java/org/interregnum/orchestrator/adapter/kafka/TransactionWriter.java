package org.interregnum.orchestrator.adapter.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.interregnum.orchestrator.adapter.protobuf.EventSize;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;

/**
 * Writes what a run has to say in transactions, on a thread of its own: everything once and in order, whatever becomes of
 * the broker. What is on its way is bounded; whoever adds more waits.
 *
 * <p>When a transaction fails, or nobody can tell whether it did, the producer is begun again, which ends the transaction
 * one way or the other; then the end of the run's records is read, and what is missing there is sent again.
 */
final class TransactionWriter implements AutoCloseable {
    private static final long INTERVAL_NANOS = Duration.ofMillis(150).toNanos();

    /** How long the writer sleeps when all is sent: whoever adds need not wake it for every record. */
    private static final long REST_NANOS = Duration.ofMillis(20).toNanos();

    private static final int LARGEST_TRANSACTION = 4 << 20;

    /** Room for what is on its way, in units: 64 MiB. */
    private static final int ROOM = 1 << 16;

    private static final long RUN_RECORD_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SLICE_MILLIS = 200;
    private static final long SAY_AFTER_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PAUSE_MILLIS = 500;

    /** How long a topic may be missing from a broker that answers. */
    private static final long GONE_NANOS = Duration.ofSeconds(30).toNanos();

    /** How long a broker may refuse what it is sent. */
    private static final long REFUSED_NANOS = Duration.ofSeconds(30).toNanos();

    /** How long whoever took the run over may need to say so. */
    private static final long GRACE_NANOS = Duration.ofSeconds(3).toNanos();

    /** How long the broker is waited for after the user has asked for an end. */
    private static final long STOP_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaConnection connection;
    private final String runId;
    private final RunRecords runs;
    private final RunProgress progress;
    private final BrokerListener listener;
    private final Consumer<MarketEvent> follower;
    private final Thread thread;

    // Guarded by this.
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private int room = ROOM;
    private long added;
    private long taken;
    private long committed;
    private long followed;
    private long wanted;
    private boolean idle;
    private int waitingForRoom;
    private long nextEvent;
    private long nextDecision;
    private boolean closing;
    private EventLogException failure;

    private volatile boolean takenOver;
    private volatile boolean stopping;
    private volatile long stopAt;
    private volatile long movedAt = System.nanoTime();

    // The writing thread's own.
    private Producer<byte[], byte[]> producer;
    private final List<Outgoing> pending = new ArrayList<>();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private long eventsFrom;
    private long decisionsFrom;
    private boolean runRecordDue = true;
    private long runRecordWritten = System.nanoTime();
    private boolean hasSaid;

    /**
     * Begins to write.
     *
     * @param producer of {@link #begin}; closed by this
     * @param eventsFrom offset behind the run's last event
     * @param decisionsFrom offset behind the run's last decision
     * @param follower is shown every event that was added, in order, on this writer's thread; must not throw
     */
    TransactionWriter(
            KafkaConnection connection,
            String runId,
            RunRecords runs,
            RunProgress progress,
            Producer<byte[], byte[]> producer,
            long eventsFrom,
            long decisionsFrom,
            Consumer<MarketEvent> follower,
            BrokerListener listener) {
        this.connection = connection;
        this.runId = runId;
        this.runs = runs;
        this.progress = progress;
        this.producer = producer;
        this.eventsFrom = eventsFrom;
        this.decisionsFrom = decisionsFrom;
        this.follower = follower;
        this.listener = listener;
        nextEvent = progress.events();
        nextDecision = progress.decisions();
        thread = new Thread(this::write, "kafka-log-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** The run's producer; whoever had it before can write no more, and what that one left half done is undone. */
    static Producer<byte[], byte[]> begin(KafkaConnection connection, String runId) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(connection.producer("interregnum-" + runId));
        boolean begun = false;
        try {
            producer.initTransactions();
            begun = true;
            return producer;
        } finally {
            if (!begun) {
                producer.close(Duration.ZERO);
            }
        }
    }

    synchronized void addEvent(MarketEvent event) {
        int units = EventSize.units(event, ROOM);
        awaitRoom(units);
        add(Outgoing.event(event, nextEvent++, units));
    }

    synchronized void addDecision(byte[] line) {
        int units = Math.min(ROOM, 1 + line.length / EventSize.UNIT);
        awaitRoom(units);
        // Its number only now: another thread may have been quicker.
        add(Outgoing.decision(line, nextDecision++, units));
    }

    private synchronized void awaitRoom(int units) {
        throwIfUnusable();
        if (room < units) {
            waitingForRoom++;
            notifyAll();
            awaitUninterruptibly(() -> room >= units || failure != null || closing);
            waitingForRoom--;
            throwIfUnusable();
        }
    }

    private synchronized void add(Outgoing outgoing) {
        room -= outgoing.units();
        waiting.add(outgoing);
        added++;
        if (idle) {
            notifyAll();
        }
    }

    /** Records that were added and are not committed. From any thread. */
    synchronized long pending() {
        return added - committed;
    }

    /** Waits until everything that was added is committed. */
    synchronized void flush() {
        long all = added;
        wanted = Math.max(wanted, all);
        notifyAll();
        awaitUninterruptibly(() -> committed >= all || failure != null);
        if (committed < all) {
            throwIfFailed();
        }
    }

    /** Waits until everything that was added is committed, or, after a failure, was at least shown to the follower. */
    synchronized void settle() {
        long all = added;
        wanted = Math.max(wanted, all);
        notifyAll();
        awaitUninterruptibly(() -> committed >= all || (failure != null && followed >= all) || !thread.isAlive());
        if (committed < all) {
            throwIfFailed();
        }
    }

    /** Whether it failed because another orchestrator writes the run. */
    boolean isTakenOver() {
        return takenOver;
    }

    /** From now on a broker that does not answer is waited for a moment only. May be called from any thread. */
    void stopWaiting() {
        if (!stopping) {
            stopAt = System.nanoTime() + STOP_NANOS;
            stopping = true;
            Thread patience = new Thread(this::endWait, "kafka-log-patience");
            patience.setDaemon(true);
            patience.start();
        }
    }

    /** Kafka's client may wait for a broker much longer than whoever asked for an end. */
    private void endWait() {
        try {
            while (thread.isAlive()) {
                Thread.sleep(SLICE_MILLIS);
                interruptIfStuck();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interruptIfStuck() {
        boolean isStuck = added > committed && System.nanoTime() - movedAt > STOP_NANOS;
        if (isStuck && isGivenUp() && failure == null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // A log that is half closed would lose events: finish first.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private synchronized void awaitUninterruptibly(Condition condition) {
        boolean interrupted = false;
        while (!condition.holds()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void throwIfUnusable() {
        throwIfFailed();
        if (closing) {
            throw new EventLogException("cannot write to " + connection.name() + ": the log is closed");
        }
    }

    private synchronized void throwIfFailed() {
        if (failure != null) {
            throw new EventLogException(failure.getMessage(), failure);
        }
    }

    private void write() {
        try {
            for (Outgoing first = first(); first != null; first = first()) {
                transaction(first);
            }
            producer.close(CLOSE);
        } catch (EventLogException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new EventLogException("cannot write to " + connection.name() + ": " + e, e));
        }
    }

    /** The next to send, however long it takes until there is one; null when all is sent and the log is closing. */
    private synchronized Outgoing first() {
        while (waiting.isEmpty()) {
            if (closing) {
                return null;
            }
            idle = true;
            rest(Long.MAX_VALUE);
            idle = false;
        }
        return take();
    }

    /**
     * The next to send in the transaction under way.
     *
     * @param end {@linkplain System#nanoTime() when} the transaction is to be committed
     * @return null when there is none until then; at once when somebody waits for the commit, or when the log is closing
     */
    private synchronized Outgoing next(long end) {
        while (waiting.isEmpty()) {
            long left = end - System.nanoTime();
            if (closing || wanted > committed || waitingForRoom > 0 || left <= 0) {
                return null;
            }
            rest(Math.min(left, REST_NANOS));
        }
        return take();
    }

    private Outgoing take() {
        taken++;
        return waiting.remove();
    }

    private void rest(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            // It may have been meant for a wait for the broker that is just over.
            if (!isGivenUp()) {
                throw new EventLogException("interrupted while writing to " + connection.name(), e);
            }
        }
    }

    private void transaction(Outgoing first) {
        movedAt = System.nanoTime();
        try {
            accept(first);
            producer.beginTransaction();
            long end = System.nanoTime() + INTERVAL_NANOS;
            int bytes = send(first);
            while (bytes < LARGEST_TRANSACTION && end - System.nanoTime() > 0) {
                Outgoing next = next(end);
                if (next == null) {
                    break;
                }
                accept(next);
                bytes += send(next);
            }
            commit();
        } catch (KafkaException e) {
            recover(e);
        }
        done(List.copyOf(pending));
        if (hasSaid) {
            hasSaid = false;
            listener.answers();
        }
    }

    private void accept(Outgoing next) {
        MarketEvent event = next.event();
        if (event != null) {
            follower.accept(event);
        }
        runRecordDue |= event instanceof RunStarted || event instanceof RunEnded;
        int units = next.units();
        try {
            progress.add(next);
        } catch (EventLogException e) {
            throw new EventLogException("cannot write to " + connection.name() + ": " + e.getMessage(), e);
        }
        pending.add(next);
        free(units - next.units());
    }

    /** A record takes less room than the event of which it was made. */
    private synchronized void free(int units) {
        room += units;
        if (waitingForRoom > 0) {
            notifyAll();
        }
    }

    private int send(Outgoing next) {
        sent.add(producer.send(next.record()));
        return next.record().value().length;
    }

    private void commit() {
        long lastEvent = eventsFrom - 1;
        long lastDecision = decisionsFrom - 1;
        for (int index = 0; index < pending.size(); index++) {
            Outgoing outgoing = pending.get(index);
            long offset = await(sent.get(index)).offset();
            if (!outgoing.isEvent()) {
                lastDecision = offset;
            } else {
                lastEvent = offset;
                if (outgoing.sequence() == 0) {
                    progress.firstEventAt(offset);
                }
            }
        }
        boolean withRunRecord = progress.hasBegun()
                && (runRecordDue || System.nanoTime() - runRecordWritten > RUN_RECORD_INTERVAL_NANOS);
        if (withRunRecord) {
            await(producer.send(runs.record(progress.record())));
        }
        producer.commitTransaction();
        eventsFrom = lastEvent + 1;
        decisionsFrom = lastDecision + 1;
        if (withRunRecord) {
            runRecordDue = false;
            runRecordWritten = System.nanoTime();
        }
    }

    private RecordMetadata await(Future<RecordMetadata> acknowledgement) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return acknowledgement.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                if (System.nanoTime() - begun > SAY_AFTER_NANOS) {
                    sayWaiting();
                }
                throwIfGivenUp(e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException problem ? problem : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                throwIfGivenUp(e);
                throw new EventLogException("interrupted while writing to " + connection.name(), e);
            }
        }
    }

    private synchronized void done(List<Outgoing> whatIsThere) {
        movedAt = System.nanoTime();
        for (Outgoing outgoing : whatIsThere) {
            room += outgoing.units();
        }
        committed += whatIsThere.size();
        pending.removeAll(new HashSet<>(whatIsThere));
        sent.clear();
        notifyAll();
    }

    private void recover(KafkaException cause) {
        KafkaException problem = cause;
        boolean isRefused = false;
        long refusedSince = 0;
        for (int tries = 1; problem != null; tries++) {
            requireHope(problem);
            if (mayPass(problem)) {
                isRefused = false;
            } else if (!isRefused) {
                isRefused = true;
                refusedSince = System.nanoTime();
            } else if (System.nanoTime() - refusedSince > REFUSED_NANOS) {
                throw unwritable(problem);
            }
            if (tries == 2) {
                hasSaid = true;
                listener.stillWaiting(KafkaConnection.oneLine(reason(problem)));
            }
            problem = attempt(problem);
        }
    }

    /** One more try; gives what it failed of, or null. */
    private KafkaException attempt(KafkaException before) {
        try {
            throwIfGivenUp(before);
            if (isFenced(before)) {
                awaitSuccessor();
            } else if (causeOf(before, RetriableException.class)) {
                sayWaiting();
                requireTopics(before);
            }
            producer.close(Duration.ZERO);
            producer = begin(connection, runId);
            requireNoSuccessor();
            done(found());
            if (!pending.isEmpty()) {
                producer.beginTransaction();
                pending.forEach(this::send);
                commit();
            }
            return null;
        } catch (KafkaException e) {
            sent.clear();
            throwIfGivenUp(e);
            KafkaConnection.pause(PAUSE_MILLIS);
            return e;
        }
    }

    /** What is pending here and committed there: all of it or nothing, for it was one transaction. */
    private List<Outgoing> found() {
        long events = 0;
        long decisions = 0;
        if (pending.stream().anyMatch(Outgoing::isEvent)) {
            Found found = find(progress.eventsPartition(), eventsFrom);
            events = found.next();
            eventsFrom = found.behind();
        }
        if (!pending.stream().allMatch(Outgoing::isEvent)) {
            Found found = find(progress.decisionsPartition(), decisionsFrom);
            decisions = found.next();
            decisionsFrom = found.behind();
        }
        List<Outgoing> found = new ArrayList<>();
        for (Outgoing outgoing : pending) {
            if (outgoing.sequence() < (outgoing.isEvent() ? events : decisions)) {
                found.add(outgoing);
            }
        }
        return found;
    }

    private record Found(long next, long behind) {}

    private Found find(TopicPartition partition, long from) {
        Found found = new Found(0, from);
        try (CommittedRecords records =
                CommittedRecords.all(connection, partition, KafkaEventLogReader.key(runId), from, this::isGivenUp)) {
            for (ConsumerRecord<byte[], byte[]> record = records.next(); record != null; record = records.next()) {
                found = new Found(RecordHeaders.of(record).sequence() + 1, record.offset() + 1);
            }
        }
        return found;
    }

    /** Somebody else began the producer, or the broker thought that we were gone. The former says so soon. */
    private void awaitSuccessor() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < GRACE_NANOS) {
            requireNoSuccessor();
            KafkaConnection.pause(SLICE_MILLIS);
        }
    }

    private void requireNoSuccessor() {
        runs.find(this::isGivenUp)
                .filter(run -> !run.getWriter().equals(progress.writer()))
                .ifPresent(run -> {
                    takenOver = true;
                    throw new EventLogException(
                            "another orchestrator has taken over the run " + runId + " on " + connection.name());
                });
    }

    /**
     * A topic that was deleted does not come back with what was in it; but a broker that has just been started may not know
     * one yet.
     */
    private void requireTopics(KafkaException before) {
        long begun = System.nanoTime();
        for (Optional<String> gone = missingTopic(); gone.isPresent(); gone = missingTopic()) {
            if (System.nanoTime() - begun > GONE_NANOS) {
                throw new EventLogException(
                        String.format(
                                Locale.ROOT,
                                "cannot write to %s: its topic %s is gone, and with it what was there of the run %s",
                                connection.name(),
                                gone.get(),
                                runId),
                        before);
            }
            throwIfGivenUp(before);
            KafkaConnection.pause(PAUSE_MILLIS);
        }
    }

    /** One that is needed and that a broker, which answers, does not have. */
    private Optional<String> missingTopic() {
        Set<String> needed = new LinkedHashSet<>(List.of(KafkaTopics.STEPS, KafkaTopics.RUNS));
        if (progress.decisions() > 0) {
            needed.add(KafkaTopics.DECISIONS);
        }
        try {
            return KafkaTopics.firstMissing(connection, needed);
        } catch (EventLogException e) {
            return Optional.empty();
        }
    }

    private void requireHope(KafkaException problem) {
        if (causeOf(problem, AuthenticationException.class)
                || causeOf(problem, AuthorizationException.class)
                || causeOf(problem, UnsupportedVersionException.class)
                || causeOf(problem, RecordTooLargeException.class)
                // A fault of this process, such as a library that is missing.
                || causeOf(problem, Error.class)) {
            throw unwritable(problem);
        }
    }

    private EventLogException unwritable(KafkaException problem) {
        return new EventLogException(
                "cannot write to " + connection.problem(reason(problem)).getMessage(), problem);
    }

    /** What a broker has answered, wherever the client put it. */
    private static Throwable reason(KafkaException problem) {
        return findCause(problem, ApiException.class)
                .<Throwable>map(cause -> cause)
                .orElse(problem);
    }

    /**
     * Whether it may be over in an hour: what Kafka calls retriable, such as a broker that is away or replicas that are too
     * few; another writer; a name that leads nowhere at the moment, as where a broker is about to be started anew.
     */
    private static boolean mayPass(KafkaException problem) {
        return causeOf(problem, RetriableException.class)
                || causeOf(problem, ConfigException.class)
                || isFenced(problem);
    }

    private static boolean isFenced(KafkaException problem) {
        return causeOf(problem, ProducerFencedException.class) || causeOf(problem, InvalidProducerEpochException.class);
    }

    private static boolean causeOf(Throwable problem, Class<? extends Throwable> type) {
        return findCause(problem, type).isPresent();
    }

    private static <T extends Throwable> Optional<T> findCause(Throwable problem, Class<T> type) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private boolean isGivenUp() {
        return stopping && System.nanoTime() - stopAt > 0;
    }

    private void throwIfGivenUp(Exception cause) {
        if (isGivenUp()) {
            throw new EventLogException(
                    connection.name() + " does not answer, and the run was told to end; it lacks the last "
                            + (pending.size() + waitingCount()) + " records",
                    cause);
        }
    }

    private synchronized int waitingCount() {
        return waiting.size();
    }

    private void sayWaiting() {
        if (!hasSaid) {
            hasSaid = true;
            missingTopic()
                    .ifPresentOrElse(
                            gone -> listener.stillWaiting("its topic " + gone + " is gone"), listener::waiting);
        }
    }

    private void fail(EventLogException problem) {
        synchronized (this) {
            failure = problem;
            // What ended the wait is not to end what is left to do here.
            Thread.interrupted();
            followed = taken;
            idle = true;
            // Whoever waits for room, or for a commit, learns of the failure.
            notifyAll();
        }
        abort();
        // The caller has gone on from what it could add, so the follower is shown it even without a log.
        for (Outgoing next = takeAfterFailure(); next != null; next = takeAfterFailure()) {
            if (next.isEvent()) {
                follower.accept(next.event());
            }
            synchronized (this) {
                followed++;
                notifyAll();
            }
        }
    }

    private synchronized Outgoing takeAfterFailure() {
        awaitUninterruptibly(() -> !waiting.isEmpty() || closing);
        return waiting.poll();
    }

    private void abort() {
        try {
            if (!isGivenUp()) {
                producer.abortTransaction();
            }
        } catch (KafkaException | IllegalStateException e) {
            // None is open, or it cannot be ended from here: then the broker ends it after its time.
        }
        producer.close(Duration.ZERO);
    }
}
