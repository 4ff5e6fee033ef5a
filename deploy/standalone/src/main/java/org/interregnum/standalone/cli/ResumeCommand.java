package org.interregnum.standalone.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.KafkaPlace;
import org.interregnum.orchestrator.recording.KafkaRuns;
import org.interregnum.orchestrator.recording.ManifestSettings;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.MovedAgents;
import org.interregnum.orchestrator.recording.OwnedDirectory;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.DecisionRulesReader;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.RunRequestReader;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.InProcessAgents;

/** {@code market resume}: goes on with a run that was stopped or killed; what its models decided is not asked again. */
final class ResumeCommand {
    /** What may be said anew; all else is the run's. */
    static final Set<Setting> SETTINGS = Set.of(
            Setting.SELLER_TARGET,
            Setting.BUYER_TARGET,
            Setting.DEADLINE,
            Setting.BATCH_SIZE,
            Setting.ON_FAILURE,
            Setting.MAX_FALLBACK_RATE,
            Setting.MAX_CALLS,
            Setting.MAX_TOKENS,
            Setting.MAX_COST,
            Setting.KAFKA,
            Setting.FIGURE,
            Setting.NO_FIGURE,
            Setting.QUIET);

    private static final List<Setting> LIMITS = List.of(
            Setting.ON_FAILURE, Setting.MAX_FALLBACK_RATE, Setting.MAX_CALLS, Setting.MAX_TOKENS, Setting.MAX_COST);

    private static final String NAME = "market resume";

    private final Console console;

    ResumeCommand(Console console) {
        this.console = console;
    }

    int execute(Path run, Map<Setting, Given> options) {
        try {
            Optional<KafkaPlace> place = KafkaPlace.find(run, Optional.ofNullable(options.get(Setting.KAFKA)));
            return place.isPresent()
                    ? executeOnKafka(run, place.get(), options)
                    : executeInFiles(run, EarlierRun.find(run), options);
        } catch (EventLogException | ExportException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private int executeInFiles(Path run, RunDirectory directory, Map<Setting, Given> options) {
        try (OwnedDirectory owned = OwnedDirectory.of(directory)) {
            EarlierRun before = EarlierRun.read(directory);
            ManifestSettings manifest = ManifestSettings.read(directory.manifest())
                    .of(directory.manifest(), before.started().runId());
            return goOn(owned, before, manifest, checked(run, before, manifest, options), Optional.empty());
        }
    }

    private int executeOnKafka(Path run, KafkaPlace place, Map<Setting, Given> options) {
        RunDirectory directory = place.directory();
        if (!Files.exists(directory.manifest())) {
            RunPlace anew = RunPlace.find(Optional.of(directory.path()));
            RunRequest request = check(run, place, ManifestSettings.NONE, options);
            OwnedDirectory owned = anew.own();
            try (KafkaRun kafka = takeOver(place, ManifestSettings.NONE)) {
                // What its models decided is brought here next: a directory with that alone would be nobody's.
                RecordedRun.announce(request, owned, ManifestSettings.NONE.origin(), Optional.of(kafka));
                return goOn(run, place, owned, ManifestSettings.NONE, options, kafka);
            } finally {
                owned.abandon();
            }
        }
        try (OwnedDirectory owned = OwnedDirectory.of(directory)) {
            ManifestSettings manifest = ManifestSettings.read(directory.manifest());
            check(run, place, manifest, options);
            try (KafkaRun kafka = takeOver(place, manifest)) {
                return goOn(run, place, owned, manifest, options, kafka);
            }
        }
    }

    /** All that can be found wrong without ending whoever writes the run, who may be well. */
    private RunRequest check(Path run, KafkaPlace place, ManifestSettings manifest, Map<Setting, Given> options) {
        return checked(run, EarlierRun.beforeItIsTakenOver(place, console.saying(NAME)), manifest, options);
    }

    private KafkaRun takeOver(KafkaPlace place, ManifestSettings manifest) {
        return KafkaRuns.takeOver(place, manifest.lacksFiles(), console.saying(NAME));
    }

    private int goOn(
            Path run,
            KafkaPlace place,
            OwnedDirectory owned,
            ManifestSettings manifest,
            Map<Setting, Given> options,
            KafkaRun kafka) {
        List<byte[]> missing = KafkaRuns.reconcile(kafka, place.directory());
        EarlierRun before = EarlierRun.takenOver(place, kafka.source());
        kafka.addLostDecisions(missing);
        // It may have come further since it was looked at.
        return goOn(owned, before, manifest, checked(run, before, manifest, options), Optional.of(kafka));
    }

    /** What is to be run, when nothing is wrong with it. */
    private static RunRequest checked(
            Path run, EarlierRun before, ManifestSettings manifest, Map<Setting, Given> options) {
        boolean isFinished =
                before.end().filter(end -> end.status() == RunStatus.FINISHED).isPresent();
        // A run whose log is finished has no step left to take, but its files may be missing.
        if (isFinished && !manifest.lacksFiles()) {
            throw BadInputException.about("RUN", run.toString(), "is finished; there is nothing to resume");
        }
        if (manifest.isReplay()) {
            // Going on with it would ask models, which a replay never does.
            throw BadInputException.about(
                    "RUN",
                    run.toString(),
                    "is a " + manifest.origin() + "; must be a run of its own, so resume that one");
        }
        requireEffect(before.spec().models(), options);
        RunSpec spec = before.spec()
                .withModels(new MovedAgents(options).of(before.spec().models()));
        RunRequest request = request(spec, manifest, options);
        requireEffect(request, options);
        MemoryNeed.of(request.spec()).require(request.spec());
        ModelPrompts.requireWordings(request.spec().models());
        new ModelKeys(System.getenv()).require(request.spec().models());
        return request;
    }

    private int goOn(
            OwnedDirectory owned,
            EarlierRun before,
            ManifestSettings manifest,
            RunRequest request,
            Optional<KafkaRun> kafka) {
        return new RunEnding(console, NAME)
                .see(
                        request,
                        owned,
                        () -> RecordedRun.resume(
                                request, owned, before, manifest.origin(), new InProcessAgents(), kafka),
                        RunListener.NONE);
    }

    /** An option that does nothing is a misunderstanding, and a budget that limits nothing an expensive one. */
    static void requireEffect(ModelAssignment models, Map<Setting, Given> options) {
        if (models.isEmpty()) {
            LIMITS.stream().filter(options::containsKey).findFirst().ifPresent(limit -> {
                throw options.get(limit)
                        .isBad("has no effect: no seller or buyer of this run is a model; leave it out");
            });
        }
        if (options.containsKey(Setting.MAX_COST)) {
            Stream.concat(
                            models.sellers().stream().map(SellerRange::model),
                            models.buyers().stream().map(BuyerCohort::model))
                    .filter(model -> !model.isPriced())
                    .findFirst()
                    .ifPresent(model -> {
                        throw options.get(Setting.MAX_COST)
                                .isBad("the run was started without the prices of the model %s; must be left out"
                                        .formatted(model.model()));
                    });
        }
    }

    private static void requireEffect(RunRequest request, Map<Setting, Given> options) {
        if (options.containsKey(Setting.DEADLINE)
                && request.sellerTarget().isEmpty()
                && request.buyerTarget().isEmpty()) {
            throw options.get(Setting.DEADLINE)
                    .isBad("has no effect without services for rules; must be left out, as a model's stays as it was");
        }
        if (options.containsKey(Setting.BATCH_SIZE) && request.buyerTarget().isEmpty()) {
            throw options.get(Setting.BATCH_SIZE)
                    .isBad("has no effect without --buyer-target; give one or leave it out");
        }
    }

    private static RunRequest request(RunSpec spec, ManifestSettings manifest, Map<Setting, Given> options) {
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        given.putAll(manifest.limits());
        given.putAll(options);
        Optional<AgentAddress> sellers = Optional.ofNullable(given.get(Setting.SELLER_TARGET))
                .map(text -> Values.address(Setting.SELLER_TARGET, text))
                .or(manifest::sellers);
        Optional<AgentAddress> buyers = Optional.ofNullable(given.get(Setting.BUYER_TARGET))
                .map(text -> Values.address(Setting.BUYER_TARGET, text))
                .or(manifest::buyers);
        return new RunRequest(
                spec,
                Optional.empty(),
                RunRequestReader.figure(given),
                given.containsKey(Setting.QUIET),
                sellers,
                buyers,
                Optional.ofNullable(given.get(Setting.DEADLINE))
                        .map(text -> Values.duration(Setting.DEADLINE, text))
                        .orElse(RunRequest.DEFAULT_DEADLINE),
                RunRequest.DEFAULT_CONNECT_DEADLINE,
                Optional.ofNullable(given.get(Setting.BATCH_SIZE))
                        .map(text -> (int) Values.wholeNumber(Setting.BATCH_SIZE, text, 1, 1_000_000))
                        .orElse(RunRequest.DEFAULT_BATCH_SIZE),
                DecisionRulesReader.read(given),
                Optional.empty());
    }
}
