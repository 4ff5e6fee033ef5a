package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunSpec;

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
            Setting.FIGURE,
            Setting.NO_FIGURE,
            Setting.QUIET);

    private final Console console;

    ResumeCommand(Console console) {
        this.console = console;
    }

    int execute(Path run, Map<Setting, Given> options) {
        RunDirectory directory = EarlierRun.find(run);
        EarlierRun before;
        ManifestSettings manifest;
        try {
            before = EarlierRun.read(directory);
            manifest = ManifestSettings.read(directory.manifest());
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        }
        if (before.end().filter(end -> end.status() == RunStatus.FINISHED).isPresent()) {
            throw BadInputException.about("RUN", run.toString(), "is finished; there is nothing to resume");
        }
        if (!manifest.origin().isEmpty()) {
            // Going on with it would ask models, which a replay never does.
            throw BadInputException.about(
                    "RUN",
                    run.toString(),
                    "is a " + manifest.origin() + "; must be a run of its own, so resume that one");
        }
        RunRequest request = request(before.spec(), manifest, options);
        MemoryNeed.of(request.spec()).require(request.spec());
        return new RunEnding(console, "market resume")
                .see(request, directory, () -> RecordedRun.resume(request, before), RunListener.NONE);
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
                !given.containsKey(Setting.NO_FIGURE),
                given.containsKey(Setting.QUIET),
                sellers,
                buyers,
                Optional.ofNullable(given.get(Setting.DEADLINE))
                        .map(text -> Values.duration(Setting.DEADLINE, text))
                        .orElse(RunRequest.DEFAULT_DEADLINE),
                Optional.ofNullable(given.get(Setting.BATCH_SIZE))
                        .map(text -> (int) Values.wholeNumber(Setting.BATCH_SIZE, text, 1, 1_000_000))
                        .orElse(RunRequest.DEFAULT_BATCH_SIZE),
                DecisionRulesReader.read(given));
    }
}
