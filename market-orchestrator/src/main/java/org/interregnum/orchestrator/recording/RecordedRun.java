package org.interregnum.orchestrator.recording;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.interregnum.agent.BuildVersion;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.FigureCaption;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.export.RunManifest;
import org.interregnum.orchestrator.adapter.export.RunProducts;
import org.interregnum.orchestrator.adapter.file.FileDecisionLog;
import org.interregnum.orchestrator.adapter.file.FileEventLog;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.KafkaTopics;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.decision.ModelDecisions;
import org.interregnum.orchestrator.decision.RecordedDecisions;
import org.interregnum.orchestrator.decision.ReplayedModelAgents;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.decision.StopRequestedException;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.request.Choices;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunCourse;
import org.interregnum.orchestrator.run.RunInstruments;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.orchestrator.run.StepGate;

/** A run together with the files that it leaves in its directory, whichever way it ends. */
public final class RecordedRun implements AutoCloseable, RunListener {
    /** Stands where nobody is a model any more, but somebody was. */
    private static final ModelAgents NOBODY = (question, model, allowance) -> {
        throw new IllegalStateException("nobody is to be asked");
    };

    private final RunRequest request;
    private final RunCourse course;
    private final RunDirectory directory;
    private final String runId;
    private final String origin;
    private final RunProducts products;
    private final Agents agents;
    private final EventLog log;
    private final DecisionLog decisionLog;
    private final Optional<ModelDecisions> models;
    private final RunLoop loop;
    private final Optional<KafkaRun> kafka;
    private final Instant began = Instant.now();
    private final Instant started;
    private final DecisionCensus census = new DecisionCensus();
    private RunListener listener = RunListener.NONE;

    private RecordedRun(
            RunRequest request, OwnedDirectory owned, String origin, Sources sources, RunInstruments instruments) {
        this.request = request;
        directory = owned.directory();
        this.origin = origin;
        runId = sources.runId();
        course = sources.course();
        kafka = sources.kafka();
        started = firstStart(directory).orElse(began);
        manifestOfStart(runId, origin, request, started, logOnKafka(kafka)).write(directory.manifest());
        products = RunProducts.open(directory, request.spec(), request.figure());
        Agents connected = null;
        EventLog opened = null;
        DecisionLog openedDecisions = null;
        boolean whole = false;
        try {
            connected = sources.agents().get().watchedBy(instruments);
            requireUninterrupted();
            opened = instruments.events(openLog(() -> sources.log().apply(products)));
            openedDecisions = instruments.decisions(
                    course.hasModels() ? sources.decisionLog().get() : decisionsOfLaterModels(sources));
            DecisionLog decided = openedDecisions;
            models = sources.mayHaveModels()
                    ? Optional.of(new ModelDecisions(
                            course.beginning().models(),
                            connected.models().orElse(NOBODY),
                            decided,
                            sources.recorded(),
                            request.rules(),
                            sources.shared()))
                    : Optional.empty();
            loop = new RunLoop(
                    runId,
                    BuildVersion.get(),
                    course,
                    connected.sellers(),
                    connected.buyers(),
                    models,
                    opened,
                    this,
                    sources.gate());
            loop.observe(instruments.steps());
            whole = true;
        } finally {
            if (!whole) {
                close(connected, opened, openedDecisions);
                products.discard();
            }
        }
        agents = connected;
        log = opened;
        decisionLog = openedDecisions;
    }

    /** Files cannot be written by a thread that was interrupted, and agents are not waited for: it is to end, not to fail. */
    private static void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StopRequestedException();
        }
    }

    private static DecisionLog decisionsOfLaterModels(Sources sources) {
        return sources.mayHaveModels() ? new LateDecisionLog(sources.decisionLog()) : DecisionLog.NONE;
    }

    /**
     * Where a run gets its parts from.
     *
     * @param runId what the run is called: a directory may have been given another name since
     * @param course what is run
     * @param agents connects to the agents
     * @param log opens the event log, with its follower
     * @param decisionLog opens the log of the models' decisions
     * @param recorded decisions of models that need not be asked for again
     * @param kafka what keeps its log; empty for a file
     * @param gate stands before each step
     * @param shared limits that it shares with other runs
     */
    private record Sources(
            String runId,
            RunCourse course,
            Supplier<Agents> agents,
            Function<Consumer<MarketEvent>, EventLog> log,
            Supplier<DecisionLog> decisionLog,
            RecordedDecisions recorded,
            Optional<KafkaRun> kafka,
            StepGate gate,
            SharedLimits shared) {
        /** Whether anybody is a model, or may become one while it runs. */
        boolean mayHaveModels() {
            return course.hasModels() || mayBeAssigned(gate);
        }
    }

    private static boolean mayBeAssigned(StepGate gate) {
        return gate != StepGate.OPEN;
    }

    /**
     * Draws the market and connects to its agents.
     *
     * @param owned where its files go; the caller's, who closes it after the run
     */
    public static RecordedRun start(
            RunRequest request, OwnedDirectory owned, LocalAgents local, Optional<KafkaRun> kafka) {
        return start(request, owned, local, kafka, StepGate.OPEN, RunInstruments.NONE, SharedLimits.none());
    }

    /**
     * The same with a gate before each step, through which agents may be assigned, with somebody who measures, and within
     * limits that other runs share.
     *
     * @param gate the gate; any but the open one may hand over assignments
     * @param instruments measures
     * @param shared what they share
     */
    public static RecordedRun start(
            RunRequest request,
            OwnedDirectory owned,
            LocalAgents local,
            Optional<KafkaRun> kafka,
            StepGate gate,
            RunInstruments instruments,
            SharedLimits shared) {
        RunDirectory directory = owned.directory();
        RunCourse course = RunCourse.of(request.spec());
        return new RecordedRun(
                request,
                owned,
                "",
                new Sources(
                        directory.name(),
                        course,
                        () -> Agents.connect(
                                request,
                                directory.name(),
                                local,
                                course.assignment(),
                                false,
                                course.hasModels() || mayBeAssigned(gate)),
                        follower -> kafka.isPresent()
                                ? kafka.get().events(follower)
                                : FileEventLog.create(directory.eventLog(), follower),
                        () -> kept(FileDecisionLog.create(directory.decisions()), kafka),
                        RecordedDecisions.NONE,
                        kafka,
                        gate,
                        shared),
                instruments);
    }

    /** In the file first: it has a decision at once, Kafka when it is committed. */
    private static DecisionLog kept(DecisionLog file, Optional<KafkaRun> kafka) {
        return kafka.isPresent() ? new DecisionLogs(file, kafka.get().decisions()) : file;
    }

    /**
     * Goes on with a run in its own directory; what its models decided before is not asked again.
     *
     * @param owned its directory, had since before it was read; the caller's, who closes it after the run
     * @param origin where it comes from, for its manifest; empty for a run of its own
     * @param kafka what keeps its log, read to its end; empty for a file
     */
    public static RecordedRun resume(
            RunRequest request,
            OwnedDirectory owned,
            EarlierRun before,
            String origin,
            LocalAgents local,
            Optional<KafkaRun> kafka) {
        return resume(
                request, owned, before, origin, local, kafka, StepGate.OPEN, RunInstruments.NONE, SharedLimits.none());
    }

    /**
     * The same with a gate before each step, through which agents may be assigned, with somebody who measures, and within
     * limits that other runs share.
     *
     * @param gate the gate; any but the open one may hand over assignments
     * @param instruments measures
     * @param shared what they share
     */
    public static RecordedRun resume(
            RunRequest request,
            OwnedDirectory owned,
            EarlierRun before,
            String origin,
            LocalAgents local,
            Optional<KafkaRun> kafka,
            StepGate gate,
            RunInstruments instruments,
            SharedLimits shared) {
        RunDirectory directory = owned.directory();
        RunCourse course = before.course(request.spec());
        RecordedRun run = new RecordedRun(
                request,
                owned,
                origin,
                new Sources(
                        before.started().runId(),
                        course,
                        () -> Agents.connect(
                                request,
                                directory.name(),
                                local,
                                course.assignment(),
                                before.opened(),
                                course.hasModels() || mayBeAssigned(gate)),
                        follower -> kafka.isPresent()
                                ? kafka.get().events(follower)
                                : FileEventLog.resume(directory.eventLog(), before.logEnd(), follower),
                        () -> kept(decisionsInFile(directory), kafka),
                        before.decisions()
                                .<RecordedDecisions>map(decisions -> decisions)
                                .orElse(RecordedDecisions.NONE),
                        kafka,
                        gate,
                        shared),
                instruments);
        boolean whole = false;
        try {
            run.recall(before);
            whole = true;
            return run;
        } finally {
            if (!whole) {
                run.products.discard();
                run.close();
            }
        }
    }

    /** A run that had no models yet may have no file, or an empty one. */
    private static DecisionLog decisionsInFile(RunDirectory directory) {
        return Files.exists(directory.decisions())
                ? FileDecisionLog.resume(directory.decisions())
                : FileDecisionLog.create(directory.decisions());
    }

    private void recall(EarlierRun before) {
        before.decisions().ifPresent(decisions -> decisions.forEach(models.orElseThrow()::recall));
        loop.recall(before.started());
        products.accept(before.started());
        before.forEach(event -> {
            loop.recall(event);
            products.accept(event);
        });
        // Last: in a fork, those who were asked need not be models from the beginning.
        before.decisions().ifPresent(decisions -> decisions.forEachAsked(models.orElseThrow()::recall));
    }

    /** Runs a market again from the record of an earlier run, into a directory of its own; asks nobody. */
    public static RecordedRun replay(RunRequest request, OwnedDirectory owned, EarlierRun before, LocalAgents local) {
        RunDirectory directory = owned.directory();
        return new RecordedRun(
                request,
                owned,
                "replay of " + before.name(),
                new Sources(
                        directory.name(),
                        before.course(request.spec()),
                        () -> new Agents(
                                new ReplayedSellerAgents(local.sellers(), foreign(before)),
                                new ReplayedBuyerAgents(local.buyers(), foreign(before)),
                                before.decisions()
                                        .map(decisions -> new ReplayedModelAgents(decisions, decisions.name()))),
                        follower -> FileEventLog.create(directory.eventLog(), follower),
                        () -> FileDecisionLog.createForReplay(directory.decisions()),
                        RecordedDecisions.NONE,
                        Optional.empty(),
                        StepGate.OPEN,
                        SharedLimits.OF_REPLAY),
                RunInstruments.NONE);
    }

    private static ForeignDecisions foreign(EarlierRun before) {
        return new ForeignDecisions(before.events(), before.log().name());
    }

    /** A log that cannot be opened fails with the first event, so that the run ends as every run whose log fails. */
    private static EventLog openLog(Supplier<EventLog> opening) {
        try {
            return opening.get();
        } catch (EventLogException e) {
            requireUninterrupted();
            return new EventLog() {
                @Override
                public void append(MarketEvent event) {
                    throw e;
                }

                @Override
                public void flush() {
                    throw e;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** What its models decided and used; empty in a run of rules. */
    public Optional<DecisionStatistics> statistics() {
        return models.map(ModelDecisions::statistics);
    }

    /** Who decides for whom, before it goes on. */
    public AgentAssignment assignment() {
        return course.assignment();
    }

    /** Asks the run to stop after the step that it is taking. May be called from any thread. */
    public void stop() {
        loop.stop();
        kafka.ifPresent(KafkaRun::stopWaiting);
    }

    /** The same for another reason, which the log will have. */
    public void stop(String reason) {
        loop.stop(reason);
        kafka.ifPresent(KafkaRun::stopWaiting);
    }

    /** Runs to the end, whatever that is. Called once. */
    public RunResult run(RunListener progress) {
        listener = progress;
        RunResult result = loop.run();
        try {
            log.close();
            decisionLog.flush();
            return result;
        } catch (EventLogException e) {
            return result.withLogFailure(e.getMessage());
        }
    }

    @Override
    public void opened(MarketOpened opening, MarketState state) {
        census.add(opening);
        if (models.isPresent()) {
            // From the next step on models are paid for, which only a run that has a log can be resumed to remember.
            log.flush();
        }
        listener.opened(opening, state);
    }

    @Override
    public void assigned(AgentsAssigned assigned) {
        listener.assigned(assigned);
    }

    @Override
    public void stepTaken(StepTaken step, MarketState state) {
        census.add(step);
        listener.stepTaken(step, state);
    }

    /**
     * Writes what is left to write, unless another orchestrator has taken the run over: then it is that one's to say how it
     * ended. Called once, after {@link #run}.
     */
    public Ending finish(RunResult result) {
        RunSpec spec = request.spec();
        OrderParameters order = OrderParameters.of(result.series(), course::marketAt, spec.burnIn());
        Regime regime = Regime.of(order);
        if (kafka.filter(KafkaRun::isTakenOver).isPresent()) {
            products.discard();
            return new Ending(result, order, regime, modelLines(), List.of(), false, true);
        }
        RunProducts.Written written = products.finish(
                result.series(),
                result.preferences(),
                result.state().choices(),
                FigureCaption.of(spec, regime.inWords() + sinceWhen()));
        boolean whole = written.files().containsAll(List.of(directory.arrays(), directory.table()));
        List<String> leftOut = new ArrayList<>(written.leftOut());
        try {
            manifestOfEnd(result, order, regime, written.leftOut()).write(directory.manifest());
        } catch (ExportException e) {
            leftOut.add(e.getMessage());
            whole = false;
        }
        return new Ending(result, order, regime, modelLines(), List.copyOf(leftOut), whole, false);
    }

    private List<DecisionStatistics.Line> modelLines() {
        return statistics().map(DecisionStatistics::lines).orElse(List.of());
    }

    /** The title of a fork's figure has the parameters that it has in the end. */
    private String sinceWhen() {
        return course.forks().isEmpty()
                ? ""
                : ", forked at step "
                        + course.forks().get(course.forks().size() - 1).step();
    }

    /** When a run that goes on began; empty for a new one. */
    private static Optional<Instant> firstStart(RunDirectory directory) {
        return Files.exists(directory.manifest())
                ? ManifestSettings.read(directory.manifest()).started()
                : Optional.empty();
    }

    /**
     * Writes the manifest of a run before anything else of it is there, so that it can be gone on with from the first moment.
     *
     * @param origin where it comes from; empty for a run of its own
     * @param kafka what keeps its log; empty for a file
     * @throws ExportException when it cannot be written
     */
    public static void announce(RunRequest request, OwnedDirectory owned, String origin, Optional<KafkaRun> kafka) {
        RunDirectory directory = owned.directory();
        manifestOfStart(directory.name(), origin, request, Instant.now(), logOnKafka(kafka))
                .write(directory.manifest());
    }

    private static RunManifest manifestOfStart(
            String runId, String origin, RunRequest request, Instant started, Optional<RunManifest.LogOnKafka> log) {
        return RunManifest.running(
                runId,
                BuildVersion.get(),
                origin,
                request.spec(),
                request.rules(),
                List.of(seller(request, Optional.empty()), buyer(request, Optional.empty())),
                started,
                log);
    }

    private static Optional<RunManifest.LogOnKafka> logOnKafka(Optional<KafkaRun> kafka) {
        return kafka.map(run -> new RunManifest.LogOnKafka(
                run.connection().address(),
                KafkaTopics.STEPS,
                run.runId(),
                Choices.name(run.connection().values())));
    }

    private RunManifest manifestOfEnd(RunResult result, OrderParameters order, Regime regime, List<String> leftOut) {
        Instant ended = Instant.now();
        Map<String, Long> outcomes = census.byOutcome();
        return new RunManifest(
                runId,
                BuildVersion.get(),
                origin,
                request.spec(),
                request.rules(),
                List.of(
                        seller(request, profile(census.seller()).or(agents.sellers()::profile)),
                        buyer(request, profile(census.buyer()).or(agents.buyers()::profile))),
                modelLines(),
                inSmallLetters(result.status()),
                result.reason(),
                result.series().points(),
                started,
                ended,
                Duration.between(began, ended).toNanos() / 1e9,
                result.nanosAStep() / 1e3,
                outcomes,
                order.asMap(),
                inSmallLetters(regime),
                leftOut,
                logOnKafka(kafka));
    }

    private static RunManifest.Agent seller(RunRequest request, Optional<AgentProfile> known) {
        return agent(
                BundledAgent.SELLER,
                known,
                request.sellerTarget().map(AgentAddress::toString).orElse(""));
    }

    private static RunManifest.Agent buyer(RunRequest request, Optional<AgentProfile> known) {
        return agent(
                BundledAgent.BUYER,
                known,
                request.buyerTarget().map(AgentAddress::toString).orElse(""));
    }

    /** Whoever decided last, as far as anybody has. */
    private static Optional<AgentProfile> profile(Decider decider) {
        return Optional.ofNullable(decider)
                .map(known -> new AgentProfile(known.agent(), known.version(), known.strategy()));
    }

    /** A service says who it is when it is connected to; until then only where it is is known. */
    private static RunManifest.Agent agent(BundledAgent bundled, Optional<AgentProfile> known, String address) {
        AgentProfile profile = known.orElseGet(() -> address.isEmpty()
                ? new AgentProfile(bundled.agentName(), BuildVersion.get(), BundledAgent.RULE)
                : new AgentProfile("", "", ""));
        return new RunManifest.Agent(
                bundled.kind(),
                profile.name(),
                profile.version(),
                profile.strategy(),
                address.isEmpty() ? "in process" : address);
    }

    private static String inSmallLetters(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        close(agents, log, decisionLog);
    }

    private static void close(Agents agents, EventLog log, DecisionLog decisions) {
        if (agents != null) {
            agents.close();
        }
        try {
            if (log != null) {
                log.close();
            }
        } catch (EventLogException e) {
            // After run() it is the failure that its result told; before, something worse is on its way.
        } finally {
            if (decisions != null) {
                decisions.close();
            }
        }
    }
}
