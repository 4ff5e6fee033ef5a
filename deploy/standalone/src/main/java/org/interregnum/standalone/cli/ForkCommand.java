package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileDecisionLines;
import org.interregnum.orchestrator.adapter.file.FileEventLog;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunForked.PriceShock;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.ManifestSettings;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.MovedAgents;
import org.interregnum.orchestrator.recording.OwnedDirectory;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.DecisionRulesReader;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunFileContent;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.RunRequestReader;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.run.ForkedHistory;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.InProcessAgents;

/**
 * {@code market fork}: a new run that shares the history of another one up to a step, and then differs. Its log is made
 * first, whole by itself; then it goes on as a run that is resumed.
 */
final class ForkCommand {
    private static final String NAME = "market fork";

    static final String AT = "--at";
    static final String PRICE_SHOCK = "--price-shock";

    private static final Set<Setting> LIMITS = EnumSet.of(
            Setting.ON_FAILURE, Setting.MAX_FALLBACK_RATE, Setting.MAX_CALLS, Setting.MAX_TOKENS, Setting.MAX_COST);

    private final Console console;
    private volatile boolean stopRequested;

    ForkCommand(Console console) {
        this.console = console;
    }

    /** Whether a setting may differ between a run and its fork, or concerns the fork alone. */
    static boolean mayChange(Setting setting) {
        return switch (setting) {
            case NETWORK_EFFECT, UPDATE_RATE, POINTS, UNIT_COST, COST_CAP, NOISE, VISIBILITY, BURN_IN -> true;
            case OUT, FIGURE, NO_FIGURE, QUIET -> true;
            default -> setting.section() == Setting.Section.MODELS || setting.section() == Setting.Section.AGENTS;
        };
    }

    /**
     * Forks a run.
     *
     * @param run directory of the run, or its id
     * @param at last step to share
     * @param shocks prices to set, such as {@code 3=0.5}
     * @param given what is to differ, and the broker that has the run, if it was given
     */
    int execute(Path run, Given at, List<Given> shocks, Map<Setting, Given> given) {
        Map<Setting, Given> options = new EnumMap<>(Setting.class);
        options.putAll(given);
        // Of the run that is read: the log of the new one is a file.
        Optional<Given> kafka = Optional.ofNullable(options.remove(Setting.KAFKA));
        EarlierRun before;
        ManifestSettings manifest;
        try {
            before = EarlierRun.read(run, kafka, console.saying(NAME));
            Path file = before.directory().manifest();
            manifest = before.hasDirectory()
                    ? ManifestSettings.read(file).of(file, before.started().runId())
                    : ManifestSettings.NONE;
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        }
        if (!before.opened()) {
            throw BadInputException.about(
                    "RUN", run.toString(), "its market did not open, so there is nothing to share");
        }
        int shared = (int) Values.wholeNumber(
                at,
                0,
                before.steps(),
                "must be a whole number from 0 to %d, the steps that the run took".formatted(before.steps()));
        RunSpec spec = before.specAfter(shared);
        RunRequest request = request(spec, manifest, options);
        long step = step(at, shared, request.spec(), options);
        List<PriceShock> priceShocks =
                PriceShocks.read(shocks, request.spec().market().sellers());
        MemoryNeed.of(request.spec()).require(request.spec());
        ModelPrompts.requireWordings(request.spec().models());
        new ModelKeys(System.getenv()).require(request.spec().models());
        String origin = "fork of " + before.name() + " at step " + step + ": "
                + ForkChanges.between(spec, request.spec(), options, priceShocks);
        try (OwnedDirectory directory = RunPlace.find(request.out()).own()) {
            try {
                if (!prepare(before, step, request, priceShocks, origin, directory)) {
                    console.saying(NAME).accept("interrupted; nothing was created");
                    return ExitCode.INTERRUPTED;
                }
            } catch (EventLogException | ExportException e) {
                console.saying(NAME).accept(e.getMessage());
                return ExitCode.FAULT;
            }
            EarlierRun fork = EarlierRun.read(directory.directory());
            return new RunEnding(console, NAME)
                    .see(
                            request,
                            directory,
                            () -> RecordedRun.resume(
                                    request, directory, fork, origin, new InProcessAgents(), Optional.empty()),
                            RunListener.NONE);
        }
    }

    private static long step(Given at, long step, RunSpec spec, Map<Setting, Given> options) {
        if (step >= spec.steps()) {
            Given points = options.get(Setting.POINTS);
            throw points == null
                    ? at.isBad("must be below %d, the last step, or come with a larger --Nt".formatted(spec.steps()))
                    : points.isBad("must be at least %d, so that the fork takes a step".formatted(step + 2));
        }
        return step;
    }

    /** What the fork is: all that is not said anew is as it was. */
    private static RunRequest request(RunSpec spec, ManifestSettings manifest, Map<Setting, Given> options) {
        Map<Setting, Given> given = asGiven(spec);
        manifest.sellers().ifPresent(address -> given.put(Setting.SELLER_TARGET, given(address)));
        manifest.buyers().ifPresent(address -> given.put(Setting.BUYER_TARGET, given(address)));
        given.putAll(options);
        // They may concern models that are as they were, of which the reader does not know.
        given.keySet().removeAll(LIMITS);
        RunRequest read = RunRequestReader.read(given, RunFileContent.NONE);
        ModelKeys.requireOwnVariables(read.spec().models());
        ModelAssignment models = combined(spec.models(), read.spec().models(), options);
        ResumeCommand.requireEffect(models, options);
        Map<Setting, Given> limits = new EnumMap<>(Setting.class);
        limits.putAll(manifest.limits());
        limits.putAll(options);
        return new RunRequest(
                read.spec().withModels(models),
                read.out(),
                read.figure(),
                read.quiet(),
                read.sellerTarget(),
                read.buyerTarget(),
                read.deadline(),
                read.connectDeadline(),
                read.batchSize(),
                DecisionRulesReader.read(limits),
                Optional.empty());
    }

    private static ModelAssignment combined(ModelAssignment before, ModelAssignment read, Map<Setting, Given> options) {
        ModelAssignment moved = new MovedAgents(options).of(before);
        return new ModelAssignment(
                options.containsKey(Setting.SELLER_STRATEGY) ? read.sellers() : moved.sellers(),
                options.containsKey(Setting.BUYER_STRATEGY) ? read.buyers() : moved.buyers(),
                options.containsKey(Setting.ACTIVATION) ? read.buyersActEveryStep() : moved.buyersActEveryStep());
    }

    private static Given given(AgentAddress address) {
        return new Given("address of an agent of the run", address.toString());
    }

    private static Map<Setting, Given> asGiven(RunSpec spec) {
        MarketParameters market = spec.market();
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        values.put(Setting.NETWORK_EFFECT, market.scaledNetworkEffect());
        values.put(Setting.UPDATE_RATE, market.updateRate());
        values.put(Setting.POINTS, spec.points());
        values.put(Setting.BUYERS, market.buyers());
        values.put(Setting.SELLERS, market.sellers());
        values.put(Setting.PREFERENCE_MEAN, market.preferenceMean());
        values.put(Setting.PREFERENCE_DEVIATION, market.preferenceDeviation());
        values.put(Setting.UNIT_COST, market.unitCost());
        values.put(Setting.COST_CAP, market.costCap());
        values.put(Setting.NOISE, market.noise());
        values.put(Setting.VISIBILITY, market.visibility());
        values.put(Setting.SEED, spec.seed());
        values.put(Setting.GENERATOR, spec.generator());
        values.put(Setting.BURN_IN, spec.burnIn());
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        values.forEach((setting, value) ->
                given.put(setting, new Given(setting.firstName() + " of the run", value.toString())));
        return given;
    }

    /**
     * Makes the log that the fork goes on from, and its models' decisions.
     *
     * @return whether that is done; otherwise the user did not want it any more, and nothing is left
     */
    private boolean prepare(
            EarlierRun before,
            long step,
            RunRequest request,
            List<PriceShock> shocks,
            String origin,
            OwnedDirectory owned) {
        RunSpec spec = request.spec();
        RunDirectory directory = owned.directory();
        // Under another name until it is whole: a part of it would be a run that was killed, of other parameters.
        Path unfinished = directory.eventLog().resolveSibling("events.log.part");
        boolean done = false;
        try (Interruption interruption = new Interruption()) {
            interruption.stops(() -> stopRequested = true);
            try (EventLog log = FileEventLog.create(unfinished)) {
                ForkedHistory history = new ForkedHistory(
                        directory.name(), BuildVersion.get(), before.started(), spec.points(), spec.burnIn(), log);
                before.forEach(event -> {
                    if (!stopRequested && stepOf(event) <= step) {
                        history.share(event);
                    }
                });
                history.fork(spec.market(), spec.models(), shocks);
                log.flush();
            }
            if (before.hasModels()) {
                FileDecisionLines.copy(before.decisionLines(), directory.decisions(), step);
            } else if (!spec.models().isEmpty()) {
                Files.createFile(directory.decisions());
            }
            if (!stopRequested) {
                // First, for a log without one cannot be gone on with.
                RecordedRun.announce(request, owned, origin, Optional.empty());
                Files.move(unfinished, directory.eventLog());
                done = true;
            }
            return done;
        } catch (IOException e) {
            throw new EventLogException("cannot write " + directory.path() + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                delete(List.of(unfinished, directory.decisions(), directory.manifest()));
                owned.abandon();
            }
        }
    }

    private static long stepOf(MarketEvent event) {
        if (event instanceof MarketChange change) {
            return change.step();
        }
        return event instanceof StepTaken taken ? taken.step() : 0;
    }

    private static void delete(Collection<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // What is left says by its name that it is a part only.
            }
        }
    }
}
