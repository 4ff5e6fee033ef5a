package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.BrokerWatch;
import org.interregnum.orchestrator.adapter.kafka.KafkaOwnedRun;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.RegisteredAgent;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.recording.ManifestSettings;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunInstruments;

/**
 * The runs of an orchestrator service. What is asked for is kept before it is promised; a service that starts goes on with
 * the runs that the one before it left, whichever way that ended. Thread-safe.
 */
public final class MarketService implements AutoCloseable {
    /** Why a run ended that the next service goes on with. */
    static final String SHUTDOWN = "the orchestrator service stopped";

    /** The same of a run that was held. */
    static final String SHUTDOWN_HELD = "the orchestrator service stopped while the run was paused";

    static final Set<String> SHUTDOWN_REASONS = Set.of(SHUTDOWN, SHUTDOWN_HELD);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final String ID_RULE =
            "must begin with a letter or a digit and have at most 63 letters, digits, hyphens and underscores";
    private static final long SHUTDOWN_MILLIS = TimeUnit.SECONDS.toMillis(20);
    private static final double SHARE_OF_MEMORY = 0.8;

    private final ServiceSettings settings;
    private final ServiceJournal journal;
    private final RunInstruments.Factory instruments;
    private final Optional<BrokerWatch> broker;
    private final DataDirectory disk;
    private final RequestText requests;
    private final AgentRegistry agents;
    private final Slots slots;
    private final SharedLimits limits = SharedLimits.none();
    private final RemovedRuns removed;
    private final Map<String, ServedRun> runs = new ConcurrentHashMap<>();
    private volatile boolean recovered;
    private volatile boolean closing;

    /**
     * A service that has not begun.
     *
     * @param journal takes what somebody who looks after the service should know
     * @param instruments measure the runs
     */
    public MarketService(ServiceSettings settings, ServiceJournal journal, RunInstruments.Factory instruments) {
        this.settings = settings;
        this.journal = journal;
        this.instruments = instruments;
        broker = settings.kafka().map(BrokerWatch::start);
        disk = new DataDirectory(settings.data());
        requests = new RequestText(settings);
        agents = new AgentRegistry(settings);
        removed = new RemovedRuns(settings.data());
        slots = new Slots(
                settings.runsAtOnce(), SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory());
    }

    /**
     * Finds the runs of the service before this one, goes on with those that have not ended, and then learns which agents
     * it knew. Called again when it failed; the runs may then be known already.
     *
     * @throws EventLogException when the broker does not answer, or the agents cannot be read
     * @throws BadInputException when the directory for data cannot be used
     */
    public void recover() {
        if (!recovered) {
            recoverRuns();
            recovered = true;
        }
        // Runs do not need the book: each assignment in a log has the address.
        agents.recover();
    }

    private void recoverRuns() {
        // A broker that is not there yet is to be seen before anything is begun that needs it.
        List<KafkaOwnedRun> seen = ownedRuns(false);
        try {
            Files.createDirectories(settings.data());
            removed.clear();
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(settings.data(), Files::isDirectory)) {
                directories.forEach(this::recoverDirectory);
            }
        } catch (IOException e) {
            throw BadInputException.about(
                    "data", settings.data().toString(), "cannot be used; must be a directory that can be written to");
        }
        // Taking those over that are seen ends the transactions that hide the others.
        seen.forEach(this::recover);
        ownedRuns(true).forEach(this::recover);
    }

    /** Whether the runs of the service before this one are known. */
    public boolean isRecovered() {
        return recovered;
    }

    /** Until then nobody can say that there is no run of a name, or may begin one under it. */
    private void requireRecovered() {
        if (!recovered) {
            throw new NotRecoveredException();
        }
    }

    private List<KafkaOwnedRun> ownedRuns(boolean isComplete) {
        return settings.kafka()
                .map(connection -> KafkaOwnedRun.of(connection, settings.name(), isComplete, (run, line) -> {
                    if (isComplete) {
                        journal.tell(run, 0, line);
                    }
                }))
                .orElse(List.of());
    }

    private void recoverDirectory(Path path) {
        RunDirectory directory = RunDirectory.of(path);
        // Known when this is tried again, after a broker that went away in the middle.
        if (Files.notExists(directory.request()) || isKnownOrForeign(directory.name())) {
            return;
        }
        try {
            String text = directory.keptRequest();
            Optional<ManifestSettings> manifest = Files.exists(directory.manifest())
                    ? Optional.of(
                            ManifestSettings.read(directory.manifest()).of(directory.manifest(), directory.name()))
                    : Optional.empty();
            recover(
                    directory,
                    text,
                    directory.created(),
                    manifest.flatMap(ManifestSettings::end),
                    manifest.map(ManifestSettings::steps).orElse(0L));
        } catch (EventLogException | ExportException | BadInputException e) {
            leave(directory.name(), e.getMessage());
        } catch (RuntimeException e) {
            // The others go on.
            leave(directory.name(), "a fault of the program: " + e);
        }
    }

    private void leave(String run, String problem) {
        journal.tell(run, 0, "run " + run + " cannot be taken up again: " + problem);
    }

    private void recover(KafkaOwnedRun owned) {
        if (isKnownOrForeign(owned.runId())) {
            return;
        }
        RunDirectory directory = RunDirectory.of(settings.data().resolve(owned.runId()));
        try {
            Files.createDirectories(directory.path());
            directory.keepRequest(owned.request(), owned.created());
            recover(
                    directory,
                    owned.request(),
                    owned.created(),
                    owned.end().map(end -> new ManifestSettings.End(end.status(), end.reason())),
                    owned.end().map(RunEnded::lastStep).orElse(0L));
        } catch (IOException | EventLogException | ExportException | BadInputException e) {
            leave(owned.runId(), e.getMessage());
        } catch (RuntimeException e) {
            leave(owned.runId(), "a fault of the program: " + e);
        }
    }

    private boolean isKnownOrForeign(String name) {
        return runs.containsKey(name) || !ID.matcher(name).matches();
    }

    private void recover(
            RunDirectory directory, String text, Instant created, Optional<ManifestSettings.End> kept, long steps) {
        Optional<ManifestSettings.End> end = kept.or(
                () -> directory.keptStop().map(reason -> new ManifestSettings.End(RunStatus.INTERRUPTED, reason)));
        // A stop that is kept came later, or the one that was told of this has had no answer.
        Optional<String> resumed = directory.keptStop().isPresent() ? Optional.empty() : directory.keptResume();
        boolean held = resumed.map(ServedRun.RESUMED_PAUSED::equals)
                .orElseGet(() -> end.filter(known -> known.reason().equals(SHUTDOWN_HELD))
                        .isPresent());
        boolean goesOn = end.isEmpty()
                || held
                || resumed.isPresent()
                || end.filter(known -> known.reason().equals(SHUTDOWN)).isPresent();
        ServedRun run = new ServedRun(
                directory.name(),
                directory,
                requests.read(text),
                text,
                created,
                RunState.WAITING,
                settings,
                slots,
                limits,
                journal,
                instruments.of(directory.name()));
        if (goesOn) {
            run.start(held);
        } else {
            run.over(RunState.of(end.get().status()), end.get().reason(), steps);
        }
        runs.put(directory.name(), run);
    }

    /**
     * Begins a run.
     *
     * @param id what it is to be called; a name of its own when empty
     * @param text what is asked for: a run file, in YAML or JSON
     * @param paused whether it waits before its first step until it is told to go on
     * @throws BadInputException when the request or the id cannot be used
     * @throws NotRecoveredException when the runs of the service before this one are not known yet
     * @throws RunConflictException when there is a run of this name
     * @throws EventLogException when it cannot be kept
     */
    public RunView create(Optional<String> id, String text, boolean paused) {
        String name = id.orElseGet(
                () -> RunDirectory.newPath(Instant.now()).getFileName().toString());
        if (!ID.matcher(name).matches()) {
            throw BadInputException.about("id", name, ID_RULE);
        }
        RunRequest request = requests.readAllowed(text);
        requireRecovered();
        if (closing) {
            throw new RunConflictException("the orchestrator service is stopping");
        }
        RunDirectory directory = RunDirectory.of(settings.data().resolve(name));
        Instant created = Instant.now();
        ServedRun run = new ServedRun(
                name,
                directory,
                request,
                text,
                created,
                RunState.WAITING,
                settings,
                slots,
                limits,
                journal,
                instruments.of(name));
        if (runs.putIfAbsent(name, run) != null) {
            throw new RunConflictException("there is a run " + name + " already");
        }
        boolean kept = false;
        try {
            requireFree(directory);
            RunDirectory.create(directory.path());
            directory.keepRequest(text, created);
            if (paused) {
                directory.keepResume(ServedRun.RESUMED_PAUSED);
            }
            run.start(paused);
            kept = true;
        } catch (ExportException e) {
            throw new EventLogException(e.getMessage(), e);
        } finally {
            if (!kept) {
                directory.removeIfEmpty();
                runs.remove(name, run);
            }
        }
        return run.view();
    }

    /** A directory without anything in it is what a service leaves that is killed when it has just made it. */
    private static void requireFree(RunDirectory directory) {
        if (Files.exists(directory.path()) && !directory.isEmpty()) {
            throw new RunConflictException("there is a directory " + directory.path() + " already");
        }
    }

    /**
     * All runs, the latest first.
     *
     * @throws NotRecoveredException when the runs of the service before this one are not known yet
     */
    public List<RunView> list() {
        requireRecovered();
        return runs.values().stream()
                .map(ServedRun::view)
                .sorted(Comparator.comparing(RunView::created).reversed().thenComparing(RunView::id))
                .toList();
    }

    /**
     * Some runs, the latest first.
     *
     * @param state only those in this state; all when empty
     * @param after only those that come behind this run in the list of all; from the latest on when empty
     * @param most how many at most
     * @throws NotRecoveredException when the runs of the service before this one are not known yet
     * @throws BadInputException when there is no run {@code after}
     */
    public List<RunView> list(Optional<RunState> state, Optional<String> after, int most) {
        List<RunView> all = list();
        long passed = after.isEmpty() ? 0 : behind(all, after.get());
        return all.stream()
                .skip(passed)
                .filter(run -> state.isEmpty() || run.state() == state.get())
                .limit(most)
                .toList();
    }

    private static long behind(List<RunView> all, String run) {
        for (int place = 0; place < all.size(); place++) {
            if (all.get(place).id().equals(run)) {
                return place + 1L;
            }
        }
        throw BadInputException.about("after", run, "there is no such run; must be the last one of the list before");
    }

    /**
     * Forgets a run that is over, and deletes its files and, on Kafka, what says where its events are.
     *
     * @throws NoSuchRunException when there is none of this name
     * @throws NotRecoveredException when the runs of the service before this one are not known yet
     * @throws RunConflictException when it is not over
     * @throws EventLogException when it cannot be removed
     */
    public void remove(String id) {
        requireRecovered();
        ServedRun run = run(id);
        Optional<Path> directory = run.remove(removed);
        runs.remove(id, run);
        journal.tell(id, run.view().step(), "run " + id + " is removed");
        directory.ifPresent(removed::delete);
    }

    /** Whether a run can be called so: letters, digits, hyphens and underscores, at most 63. */
    public static boolean isName(String text) {
        return ID.matcher(text).matches();
    }

    /** Number of runs in each state. */
    public Map<RunState, Long> countByState() {
        Map<RunState, Long> count = new EnumMap<>(RunState.class);
        runs.values().forEach(run -> count.merge(run.view().state(), 1L, Long::sum));
        return count;
    }

    /** How the service is; now and then writes a file to see whether that can be done. */
    public ServiceHealth health() {
        return new ServiceHealth(broker.flatMap(BrokerWatch::problem), disk.problem(), stuck());
    }

    /** Runs that are under way and have lost their thread; none, unless the program is at fault. */
    public List<String> stuck() {
        return runs.entrySet().stream()
                .filter(entry -> entry.getValue().isStuck())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * A run.
     *
     * @throws NoSuchRunException when there is none
     * @throws NotRecoveredException when it may be one that is not known yet
     */
    public RunView find(String id) {
        return run(id).view();
    }

    /** Holds a run before its next step. */
    public RunView pause(String id) {
        ServedRun run = run(id);
        run.pause();
        return run.view();
    }

    /**
     * Lets a run go on that is held, was stopped, failed or spent its budget.
     *
     * @param text another request for the same market, such as with a larger budget; the same when empty
     * @param paused whether a run that is over waits before its next step until it is told to go on
     */
    public RunView goOn(String id, Optional<String> text, boolean paused) {
        ServedRun run = run(id);
        try {
            run.goOn(text.map(requests::readAllowed), text, paused);
        } catch (ExportException e) {
            throw new EventLogException(e.getMessage(), e);
        }
        return run.view();
    }

    /** The agents that this service knows. */
    public AgentRegistry agents() {
        return agents;
    }

    /**
     * Forgets an agent that was registered.
     *
     * @throws NoSuchAgentException when there is none of this name
     * @throws RunConflictException when it decides in a run that is not finished, or is the service's own
     */
    public void removeAgent(String name) {
        // A run that is not known yet may be one in which it decides.
        requireRecovered();
        String known = agents.find(name).name();
        List<String> users = runs.values().stream()
                .filter(run -> run.uses(known))
                .map(run -> run.view().id())
                .sorted()
                .toList();
        if (!users.isEmpty()) {
            throw new RunConflictException(
                    "the agent " + known + " decides in runs that are not finished: " + String.join(", ", users));
        }
        agents.remove(known);
    }

    /**
     * Lets an agent decide in a run from its next step on.
     *
     * @param text an object in JSON: {@code agent}, {@code sellers} or {@code buyers}, and {@code on-failure}
     * @return who decides for whom, beginning with the step after the event's
     * @throws BadInputException when the request cannot be
     * @throws RunConflictException when the run takes no steps
     * @throws org.interregnum.orchestrator.agent.AgentCheckException when something is wrong with the agent
     */
    public List<AssignmentView> assign(String id, String text) {
        ServedRun run = run(id);
        AssignmentRequest wanted = AssignmentRequest.read(text);
        RegisteredAgent found = agents.find(wanted.agent());
        WantedAssignment assignment = wanted.in(run.request(), found);
        AssignmentLimits.require(run.request(), found.agent());
        RegisteredAgent checked = agents.require(found.name());
        journal.tell(
                id,
                run.view().step(),
                "agent " + checked.name() + " is "
                        + checked.description().implementation() + " "
                        + checked.description().version());
        return views(run, run.assign(assignment).assignment());
    }

    /** Who decides for whom in a run. */
    public List<AssignmentView> assignments(String id) {
        ServedRun run = run(id);
        return views(run, run.assignment());
    }

    private List<AssignmentView> views(ServedRun run, AgentAssignment assignment) {
        RunRequest request = run.request();
        return AssignmentView.of(
                assignment,
                request.spec().market().sellers(),
                request.spec().market().buyers(),
                own(AgentRole.SELLER, request.sellerTarget()),
                own(AgentRole.BUYER, request.buyerTarget()));
    }

    private AssignedAgent own(AgentRole role, Optional<AgentAddress> address) {
        return AssignedAgent.ofRule(
                agents.ownName(role, address),
                address.map(AgentAddress::toString).orElse(""),
                "");
    }

    /** Lets a run that is held take some steps. */
    public RunView step(String id, long steps) {
        ServedRun run = run(id);
        run.step(steps);
        return run.view();
    }

    /** Ends a run after the step that it is taking; it can go on later. */
    public RunView stop(String id) {
        ServedRun run = run(id);
        run.stop("stopped by the user");
        return run.view();
    }

    /** Watches a run from a step on; 0 is the opening. */
    public StepWatch watch(String id, long from) {
        return new StepWatch(run(id), from);
    }

    /** The events of a run, as far as they are in its log; none before it has begun. */
    public EventSource events(String id) {
        ServedRun run = run(id);
        return run.openLog();
    }

    private ServedRun run(String id) {
        ServedRun run = runs.get(id);
        if (run == null) {
            requireRecovered();
            throw new NoSuchRunException(id);
        }
        return run;
    }

    /** Stops all runs, each after the step that it is taking, in such a way that the next service goes on with them. */
    @Override
    public void close() {
        closing = true;
        broker.ifPresent(BrokerWatch::close);
        for (ServedRun run : runs.values()) {
            try {
                run.stop(run.isHeld() ? SHUTDOWN_HELD : SHUTDOWN);
            } catch (RunConflictException e) {
                // It is over.
            }
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHUTDOWN_MILLIS);
        try {
            for (ServedRun run : runs.values()) {
                run.await(TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
