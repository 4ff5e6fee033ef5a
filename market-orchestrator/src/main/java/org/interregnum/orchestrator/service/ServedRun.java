package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.RunOwner;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.decision.StopRequestedException;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.KafkaPlace;
import org.interregnum.orchestrator.recording.KafkaRuns;
import org.interregnum.orchestrator.recording.LocalAgents;
import org.interregnum.orchestrator.recording.ManifestSettings;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.OwnedDirectory;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunInstruments;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** One run of a service, in a thread of its own while it is not over. */
final class ServedRun implements RunListener {
    private static final LocalAgents NOBODY = new NoLocalAgents();
    private static final long ASSIGNMENT_SECONDS = 60;
    private static final String RESUMED = "at once";

    /** What is kept of a run that is to wait before its next step when it goes on. */
    static final String RESUMED_PAUSED = "paused";

    /** Longer than a service that is told to stop takes to end its runs. */
    private static final Duration UNTIL_THE_ONE_BEFORE_ENDED = Duration.ofSeconds(30);

    private final String id;
    private final RunDirectory directory;
    private final Instant created;
    private final ServiceSettings service;
    private final Slots slots;
    private final SharedLimits limits;
    private final ServiceJournal journal;
    private final RunInstruments instruments;
    private final RunGate gate;

    /** Held by whoever begins or removes it, who waits for the disk: those who only look at it never wait for that. */
    private final Object beginning = new Object();

    /** Guarded by {@code beginning}. */
    private boolean removed;

    private LiveSteps live;

    // Guarded by this.
    private RunRequest request;
    private String requestText;
    private RunState state;
    private String reason = "";
    private long step;
    private String stopping;
    private RecordedRun current;
    /** Whether its thread has come so far that it is told to stop in order, and must not be interrupted. */
    private boolean begun;

    private Thread thread;
    /** Of the run's own thread; null until it has ended. */
    private Ending ending;
    /** Null while it is not known, and only its log knows. */
    private AgentAssignment assignment;

    /**
     * A run that does nothing yet.
     *
     * @param state what to say of it until it is started
     * @param limits what limits all runs of the service
     * @param journal takes what somebody who looks after the service should know
     * @param instruments measure it
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
            SharedLimits limits,
            ServiceJournal journal,
            RunInstruments instruments) {
        this.id = id;
        this.directory = directory;
        this.request = request;
        this.requestText = requestText;
        this.created = created;
        this.state = state;
        this.service = service;
        this.slots = slots;
        this.limits = limits;
        this.journal = journal;
        this.instruments = instruments;
        gate = new RunGate(slots, true);
        live = new LiveSteps(sellers());
    }

    private int sellers() {
        return request().spec().market().sellers();
    }

    /** What is known of a run that is over, and that an earlier service led. */
    synchronized ServedRun over(RunState how, String why, long steps) {
        state = how;
        reason = why;
        step = steps;
        live = LiveSteps.inLogAlone();
        return this;
    }

    synchronized RunView view() {
        RunState shown = state == RunState.RUNNING && gate.isClosed() ? RunState.PAUSED : state;
        return new RunView(id, shown, reason, step, request.spec().steps(), created, directory.path());
    }

    synchronized LiveSteps live() {
        return live;
    }

    /**
     * Starts it, or goes on with it from its log.
     *
     * @throws ExportException when it cannot be kept that it is begun; then it is as it was
     */
    void start(boolean paused) {
        synchronized (beginning) {
            directory.forgetStop();
            begin(paused);
        }
    }

    private synchronized void begin(boolean paused) {
        gate.begin(!paused);
        state = RunState.WAITING;
        reason = "";
        stopping = null;
        begun = false;
        thread = new Thread(this::run, "run-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes on with a run that is held, or that is over before its end; with another request for the same market, if any. */
    void goOn(Optional<RunRequest> other, Optional<String> otherText, boolean paused) {
        synchronized (beginning) {
            requireThere();
            if (isLetGoOn(other, paused)) {
                return;
            }
            // It is over, and nobody else can begin it meanwhile.
            otherText.ifPresent(this::keep);
            directory.keepResume(paused ? RESUMED_PAUSED : RESUMED);
            synchronized (this) {
                requestText = otherText.orElse(requestText);
                request = other.orElse(request);
            }
            start(paused);
        }
    }

    private void requireThere() {
        if (removed) {
            throw new NoSuchRunException(id);
        }
    }

    /**
     * Removes it for good, when it is over.
     *
     * @param directories where its directory goes
     * @return its directory, which nobody finds any more, and which is to be deleted; empty when it had none
     * @throws RunConflictException when it is not over, or another process writes its files
     * @throws EventLogException when it cannot be removed
     */
    Optional<Path> remove(RemovedRuns directories) {
        synchronized (beginning) {
            requireThere();
            RunState now = view().state();
            if (!now.isOver()) {
                throw new RunConflictException("the run " + id + " is " + now.word() + "; stop it first");
            }
            // First there: without its record a directory is still a run, and can be removed.
            service.kafka().ifPresent(connection -> KafkaRuns.remove(new KafkaPlace(directory, connection, id)));
            Optional<Path> aside = Optional.empty();
            if (Files.isDirectory(directory.path())) {
                try (OwnedDirectory owned = OwnedDirectory.of(directory)) {
                    aside = Optional.of(directories.take(owned.directory()));
                } catch (BadInputException e) {
                    throw new RunConflictException(e.getMessage());
                }
            }
            removed = true;
            return aside;
        }
    }

    /** Lets it go on if it is under way; otherwise only says whether it may be begun again. */
    private synchronized boolean isLetGoOn(Optional<RunRequest> other, boolean paused) {
        if (!state.isOver()) {
            if (other.isPresent()) {
                throw new RunConflictException(
                        "the run " + id + " goes on; stop it before it is given another request");
            }
            if (paused) {
                throw new RunConflictException("the run " + id + " goes on; pause it instead");
            }
            gate.open();
            return true;
        }
        if (state == RunState.FINISHED) {
            throw new RunConflictException("the run " + id + " is finished; there is nothing to resume");
        }
        other.ifPresent(this::requireSameMarket);
        return false;
    }

    private void keep(String text) {
        try (OwnedDirectory owned = OwnedDirectory.of(directory)) {
            owned.directory().keepRequest(text);
        } catch (BadInputException e) {
            throw new RunConflictException(e.getMessage());
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

    /**
     * Lets an agent decide from the next step on.
     *
     * @return what the log has of it
     * @throws RunConflictException when the run is over, or does not come to its next step
     */
    AgentsAssigned assign(WantedAssignment wanted) {
        synchronized (this) {
            if (state.isOver()) {
                throw new RunConflictException("the run " + id + " is " + state.word()
                        + (state == RunState.FINISHED ? "" : "; resume it with ?paused=true, and assign then"));
            }
            gate.submit(wanted);
        }
        try {
            return outcome(wanted);
        } catch (TimeoutException e) {
            throw new RunConflictException("the log of the run " + id + " does not take the assignment; GET"
                    + " /api/v1/runs/" + id + "/assignments tells what becomes of it");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunConflictException("the service stops");
        }
    }

    private AgentsAssigned outcome(WantedAssignment wanted)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return wanted.outcome().get(ASSIGNMENT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            if (gate.withdraw(wanted)) {
                throw new RunConflictException("the run " + id + " did not come to its next step within "
                        + ASSIGNMENT_SECONDS + " s; nothing was changed");
            }
            // It is being done this moment, and takes as long as its log takes to keep it.
            return wanted.outcome().get(ASSIGNMENT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What is asked for. */
    synchronized RunRequest request() {
        return request;
    }

    /** Who decides for whom now. */
    AgentAssignment assignment() {
        synchronized (this) {
            if (assignment != null) {
                return assignment;
            }
        }
        // It has not begun, or is over, or is about to go on: its log has more than its request, if there is one.
        AgentAssignment read = readAssignment();
        synchronized (this) {
            assignment = assignment == null ? read : assignment;
            return assignment;
        }
    }

    private AgentAssignment readAssignment() {
        AgentAssignment read = AgentAssignment.of(request().spec().models());
        try (EventSource log = openLog()) {
            for (MarketEvent event = log.next(); event != null; event = log.next()) {
                read = event instanceof AgentsAssigned assigned ? assigned.assignment() : read;
            }
        }
        return read;
    }

    /** Whether its log has begun. */
    boolean hasEvents() {
        return service.kafka()
                .map(connection -> KafkaRun.isThere(connection, id))
                .orElseGet(() -> EarlierRun.hasBegun(directory));
    }

    /** Whether it is not finished, and an agent of this name decides in it. */
    boolean uses(String agent) {
        RunState now = view().state();
        return now != RunState.FINISHED && assignment().names(agent);
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
        } else if (!begun && thread != null) {
            thread.interrupt();
        }
        gate.abandon();
    }

    /** Whether it stands still because somebody wants it to. */
    boolean isHeld() {
        return gate.isClosed();
    }

    /** Whether it ended only because the service does, and the next one goes on with it. */
    synchronized boolean goesOnLater() {
        return state == RunState.STOPPED && isForTheNextService();
    }

    /** Whether it is under way, and nobody is there to take its next step. */
    synchronized boolean isStuck() {
        return !state.isOver() && thread != null && !thread.isAlive();
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
        Ending end = takePart();
        if (!isForTheNextService()) {
            try {
                directory.forgetResume();
            } catch (ExportException e) {
                say("run " + id + ": the next service will go on with it: " + e.getMessage());
            }
        }
        publish(end);
    }

    private synchronized boolean isForTheNextService() {
        return stopping != null && MarketService.SHUTDOWN_REASONS.contains(stopping);
    }

    /** The last thing that its thread does: from here on it may be started again. */
    private void publish(Ending ending) {
        List<WantedAssignment> left;
        synchronized (this) {
            // Its log has the steps, for whoever asks for them from now on.
            live = live.withoutLines();
            state = ending.state();
            reason = ending.reason();
            left = gate.drain();
        }
        left.forEach(assignment -> assignment.refused(new RunConflictException("the run " + id
                + " ended before the agent could be assigned: it is "
                + ending.state().word())));
    }

    private Ending takePart() {
        double memory = MemoryNeed.of(request().spec()).needed();
        try {
            slots.takeMemory(memory);
        } catch (InterruptedException e) {
            return told(stopped());
        }
        try {
            slots.takeFirstTurn();
        } catch (InterruptedException e) {
            slots.giveMemory(memory);
            return told(stopped());
        }
        ending = null;
        try {
            instruments.begins();
            if (isStopping()) {
                end(stopped());
            } else {
                record();
            }
        } catch (StopRequestedException e) {
            Thread.interrupted();
            end(stopped());
        } catch (EventLogException | ExportException | BadInputException | RunConflictException e) {
            // Told to end while it waited for what it needs to begin.
            boolean isStopped = Thread.interrupted();
            end(isStopped ? stopped() : new Ending(RunState.FAILED, e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) {
            // Other runs go on; whoever looks after the service finds the fault in its log.
            end(new Ending(RunState.FAILED, "a fault of the program: " + e));
        } finally {
            slots.giveTurn();
            slots.giveMemory(memory);
            if (ending != null) {
                told(ending);
            }
            instruments.ends(
                    ending == null ? RunState.FAILED.word() : ending.state().word());
        }
        return ending;
    }

    /** How it ended, unless it had ended before whatever went wrong. */
    private void end(Ending how) {
        if (ending == null) {
            ending = how;
        } else {
            say("run " + id + ": after its end: " + how.reason());
        }
    }

    private Ending told(Ending how) {
        say("run " + id + " is " + how.state().word() + (how.reason().isEmpty() ? "" : ": " + how.reason()));
        return how;
    }

    /** It was told to end before it had begun, which its log cannot have; the service after this one must know. */
    private Ending stopped() {
        String why = stopReason();
        try {
            if (isForTheNextService()) {
                directory.keepResume(why.equals(MarketService.SHUTDOWN_HELD) ? RESUMED_PAUSED : RESUMED);
            } else {
                directory.keepStop(why);
            }
        } catch (ExportException e) {
            return new Ending(RunState.STOPPED, why + "; the next service will begin it: " + e.getMessage());
        }
        return new Ending(RunState.STOPPED, why);
    }

    private record Ending(RunState state, String reason) {}

    private void record() {
        try (OwnedDirectory owned = OwnedDirectory.await(directory, UNTIL_THE_ONE_BEFORE_ENDED)) {
            if (service.kafka().isPresent()) {
                recordOnKafka(owned);
            } else if (hasLog()) {
                EarlierRun before = EarlierRun.read(directory);
                goOn(owned, before, Optional.empty());
            } else {
                forgetSteps();
                see(RecordedRun.start(request, owned, NOBODY, Optional.empty(), gate::pass, instruments, limits));
            }
        }
    }

    /** It begins, and those who watch it need not look into a log. */
    private synchronized void forgetSteps() {
        live = new LiveSteps(sellers());
        step = 0;
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

    private void recordOnKafka(OwnedDirectory owned) {
        KafkaPlace place = new KafkaPlace(directory, service.kafka().orElseThrow(), id);
        if (!KafkaRuns.isThere(place, this::tell)) {
            try (KafkaRun kafka =
                    KafkaRuns.create(request, id, owner(), this::tell).orElseThrow()) {
                forgetSteps();
                see(RecordedRun.start(request, owned, NOBODY, Optional.of(kafka), gate::pass, instruments, limits));
            }
            return;
        }
        // Its log may be finished although it was killed: then its files are missing.
        try (KafkaRun kafka = KafkaRuns.takeOver(place, true, this::tell)) {
            List<byte[]> missing = KafkaRuns.reconcile(kafka, directory);
            EarlierRun before = EarlierRun.takenOver(place, kafka.source());
            kafka.addLostDecisions(missing);
            goOn(owned, before, Optional.of(kafka));
        }
    }

    private RunOwner owner() {
        return new RunOwner(service.name(), requestText);
    }

    private void say(String line) {
        journal.tell(id, view().step(), line);
    }

    private void tell(String what) {
        say("run " + id + ": " + what);
    }

    private void goOn(OwnedDirectory owned, EarlierRun before, Optional<KafkaRun> kafka) {
        String origin = Files.exists(directory.manifest())
                ? ManifestSettings.read(directory.manifest())
                        .of(directory.manifest(), id)
                        .origin()
                : "";
        if (!isSameMarket(before.spec())) {
            throw new RunConflictException("the log of the run " + id + " is of another market than its request");
        }
        say("run " + id + " goes on after step " + before.steps());
        synchronized (this) {
            live = new LiveSteps(sellers());
            if (before.opened()) {
                live.continueAfter(before.steps());
            }
            step = before.steps();
        }
        see(RecordedRun.resume(request, owned, before, origin, NOBODY, kafka, gate::pass, instruments, limits));
    }

    private void see(RecordedRun recorded) {
        try (recorded) {
            // Its manifest says from here on that it is under way.
            directory.forgetResume();
            synchronized (this) {
                current = recorded;
                begun = true;
                // An interruption was meant for a wait that is over, and would hit the run's files.
                Thread.interrupted();
                assignment = recorded.assignment();
                state = RunState.RUNNING;
                if (stopping != null) {
                    recorded.stop(stopping);
                    gate.abandon();
                }
            }
            RunResult result = recorded.run(this);
            List<String> reasons = new ArrayList<>(recorded.finish(result).leftOut());
            if (!result.reason().isEmpty()) {
                reasons.add(0, result.reason());
            }
            ending = new Ending(RunState.of(result.status()), String.join("; ", reasons));
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    private synchronized boolean isStopping() {
        return stopping != null;
    }

    private synchronized String stopReason() {
        return stopping == null ? "" : stopping;
    }

    @Override
    public void opened(MarketOpened opening, MarketState market) {
        live.opened(opening);
    }

    @Override
    public void assigned(AgentsAssigned assigned) {
        synchronized (this) {
            assignment = assigned.assignment();
        }
        say("run " + id + ": "
                + (assigned.cause() == AgentsAssigned.Cause.REQUEST
                        ? "agent " + assigned.agent() + " decides from step " + (assigned.step() + 1) + " on"
                        : "agent " + assigned.agent() + " is given up at step " + (assigned.step() + 1) + ": "
                                + assigned.reason()));
    }

    @Override
    public void stepTaken(StepTaken taken, MarketState market) {
        live.taken(taken);
        synchronized (this) {
            step = taken.step();
        }
    }

    /** Its log from the beginning, as far as it is there now; without events before it has begun. */
    EventSource openLog() {
        if (!hasEvents()) {
            return NoEvents.SOURCE;
        }
        return service.kafka().isPresent()
                ? KafkaRuns.read(new KafkaPlace(directory, service.kafka().orElseThrow(), id))
                : EarlierRun.LogOfRun.inFile(directory).opening().get();
    }
}
