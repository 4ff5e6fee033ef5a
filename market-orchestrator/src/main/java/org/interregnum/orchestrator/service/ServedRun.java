package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.RunOwner;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.KafkaPlace;
import org.interregnum.orchestrator.recording.KafkaRuns;
import org.interregnum.orchestrator.recording.LocalAgents;
import org.interregnum.orchestrator.recording.ManifestSettings;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** One run of a service, in a thread of its own while it is not over. */
final class ServedRun implements RunListener {
    private static final LocalAgents NOBODY = new NoLocalAgents();

    private final String id;
    private final RunDirectory directory;
    private final Instant created;
    private final ServiceSettings service;
    private final Slots slots;
    private final Consumer<String> journal;
    private final RunGate gate;
    private LiveSteps live = new LiveSteps();

    // Guarded by this.
    private RunRequest request;
    private String requestText;
    private RunState state;
    private String reason = "";
    private long step;
    private String stopping;
    private RecordedRun current;
    private Thread thread;

    /**
     * A run that does nothing yet.
     *
     * @param state what to say of it until it is started
     * @param journal takes what somebody who looks after the service should know, a line each
     */
    ServedRun(
            String id,
            RunDirectory directory,
            RunRequest request,
            String requestText,
            Instant created,
            RunState state,
            ServiceSettings service,
            Slots slots,
            Consumer<String> journal) {
        this.id = id;
        this.directory = directory;
        this.request = request;
        this.requestText = requestText;
        this.created = created;
        this.state = state;
        this.service = service;
        this.slots = slots;
        this.journal = journal;
        gate = new RunGate(slots, true);
    }

    /** What is known of a run that is over. */
    synchronized ServedRun over(String why, long steps) {
        reason = why;
        step = steps;
        return this;
    }

    synchronized RunView view() {
        RunState shown = state == RunState.RUNNING && gate.isClosed() ? RunState.PAUSED : state;
        return new RunView(id, shown, reason, step, request.spec().steps(), created, directory.path());
    }

    synchronized LiveSteps live() {
        return live;
    }

    /** Starts it, or goes on with it from its log. */
    synchronized void start(boolean paused) {
        if (paused) {
            gate.close();
        } else {
            gate.open();
        }
        state = RunState.WAITING;
        reason = "";
        stopping = null;
        thread = new Thread(this::run, "run-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes on with a run that is held, or that is over before its end; with another request for the same market, if any. */
    synchronized void goOn(Optional<RunRequest> other, Optional<String> otherText) {
        if (!state.isOver()) {
            if (other.isPresent()) {
                throw new RunConflictException(
                        "the run " + id + " goes on; stop it before it is given another request");
            }
            gate.open();
            return;
        }
        if (state == RunState.FINISHED) {
            throw new RunConflictException("the run " + id + " is finished; there is nothing to resume");
        }
        other.ifPresent(this::requireSameMarket);
        otherText.ifPresent(text -> {
            keep(text);
            requestText = text;
        });
        other.ifPresent(changed -> request = changed);
        start(false);
    }

    private void keep(String text) {
        try {
            directory.keepRequest(text);
        } catch (ExportException e) {
            throw new EventLogException(e.getMessage(), e);
        }
    }

    private void requireSameMarket(RunRequest other) {
        if (!isSameMarket(other.spec())) {
            throw new RunConflictException(
                    "the run " + id + " is another market; only budgets, deadlines and addresses may differ");
        }
    }

    private boolean isSameMarket(RunSpec other) {
        RunSpec spec = request.spec();
        return other.market().equals(spec.market())
                && other.points() == spec.points()
                && other.seed() == spec.seed()
                && other.generator().equals(spec.generator());
    }

    synchronized void pause() {
        requireUnderWay();
        gate.close();
    }

    /** Lets a run that is paused take some steps. */
    synchronized void step(long steps) {
        requireUnderWay();
        if (!gate.isClosed()) {
            throw new RunConflictException("the run " + id + " is not paused");
        }
        gate.allow(steps);
    }

    private void requireUnderWay() {
        if (state.isOver()) {
            throw new RunConflictException("the run " + id + " is " + state.word());
        }
    }

    /** Ends it after the step that it is taking. */
    synchronized void stop(String why) {
        requireUnderWay();
        stopping = why;
        if (current != null) {
            current.stop(why);
        } else if (thread != null) {
            thread.interrupt();
        }
        gate.abandon();
    }

    /** Whether it stands still because somebody wants it to. */
    boolean isHeld() {
        return gate.isClosed();
    }

    /** Waits for its end. */
    void await(long millis) throws InterruptedException {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.join(Math.max(1, millis));
        }
    }

    private void run() {
        double memory = MemoryNeed.of(request.spec()).needed();
        try {
            slots.takeMemory(memory);
        } catch (InterruptedException e) {
            ended(RunState.STOPPED, stopReason());
            return;
        }
        slots.takeTurn();
        try {
            record();
        } catch (EventLogException | ExportException | BadInputException | RunConflictException e) {
            // Told to end while it waited for what it needs to begin.
            boolean isStopped = Thread.interrupted();
            ended(isStopped ? RunState.STOPPED : RunState.FAILED, isStopped ? stopReason() : e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            // Other runs go on; whoever looks after the service finds the fault in its log.
            ended(RunState.FAILED, "a fault of the program: " + e);
        } finally {
            slots.giveTurn();
            slots.giveMemory(memory);
            journal.accept("run " + id + " is " + view().state().word()
                    + (view().reason().isEmpty() ? "" : ": " + view().reason()));
        }
    }

    private void record() {
        if (service.kafka().isPresent()) {
            recordOnKafka();
        } else if (hasLog()) {
            EarlierRun before = EarlierRun.read(directory);
            goOn(before, Optional.empty());
        } else {
            see(RecordedRun.start(request, directory, NOBODY, Optional.empty()), false);
        }
    }

    /** A run that was killed while it began may have left an empty log. */
    private boolean hasLog() {
        try {
            if (Files.notExists(directory.eventLog())) {
                return false;
            }
            if (EarlierRun.hasBegun(directory)) {
                return true;
            }
            Files.delete(directory.eventLog());
            Files.deleteIfExists(directory.decisions());
            return false;
        } catch (IOException e) {
            throw new EventLogException("cannot write " + directory.eventLog() + ": " + e.getMessage(), e);
        }
    }

    private void recordOnKafka() {
        KafkaPlace place = new KafkaPlace(directory, service.kafka().orElseThrow(), id);
        if (!KafkaRuns.isThere(place, this::tell)) {
            try (KafkaRun kafka =
                    KafkaRuns.create(request, id, owner(), this::tell).orElseThrow()) {
                see(RecordedRun.start(request, directory, NOBODY, Optional.of(kafka)), false);
            }
            return;
        }
        // Its log may be finished although it was killed: then its files are missing.
        try (KafkaRun kafka = KafkaRuns.takeOver(place, true, this::tell)) {
            List<byte[]> missing = KafkaRuns.reconcile(kafka, directory);
            EarlierRun before = EarlierRun.takenOver(place, kafka.source());
            kafka.addLostDecisions(missing);
            goOn(before, Optional.of(kafka));
        }
    }

    private RunOwner owner() {
        return new RunOwner(service.name(), requestText);
    }

    private void tell(String what) {
        journal.accept("run " + id + ": " + what);
    }

    private void goOn(EarlierRun before, Optional<KafkaRun> kafka) {
        String origin = Files.exists(directory.manifest())
                ? ManifestSettings.read(directory.manifest())
                        .of(directory.manifest(), id)
                        .origin()
                : "";
        if (!isSameMarket(before.spec())) {
            throw new RunConflictException("the log of the run " + id + " is of another market than its request");
        }
        journal.accept("run " + id + " goes on after step " + before.steps());
        synchronized (this) {
            live = new LiveSteps();
            if (before.opened()) {
                live.continueAfter(before.steps());
            }
            step = before.steps();
        }
        see(
                RecordedRun.resume(request, before, origin, NOBODY, kafka),
                before.opened() && before.steps() < request.spec().steps());
    }

    private void see(RecordedRun recorded, boolean isOpen) {
        try (recorded) {
            synchronized (this) {
                current = recorded;
                state = RunState.RUNNING;
                if (stopping != null) {
                    recorded.stop(stopping);
                    gate.abandon();
                }
            }
            if (isOpen) {
                gate.pass();
            }
            RunResult result = recorded.run(this);
            List<String> leftOut = recorded.finish(result).leftOut();
            ended(
                    RunState.of(result.status()),
                    leftOut.isEmpty() ? result.reason() : result.reason() + String.join("; ", leftOut));
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    private synchronized void ended(RunState end, String why) {
        state = end;
        reason = why;
    }

    private synchronized String stopReason() {
        return stopping == null ? "" : stopping;
    }

    @Override
    public void opened(MarketOpened opening, MarketState market) {
        live.opened(opening);
        gate.pass();
    }

    @Override
    public void stepTaken(StepTaken taken, MarketState market) {
        live.taken(taken);
        synchronized (this) {
            step = taken.step();
        }
        if (taken.step() < request.spec().steps()) {
            gate.pass();
        }
    }

    /** Its log from the beginning, as far as it is there now. */
    EventSource openLog() {
        return service.kafka().isPresent()
                ? KafkaRuns.read(new KafkaPlace(directory, service.kafka().orElseThrow(), id))
                : EarlierRun.LogOfRun.inFile(directory).opening().get();
    }
}
