package org.interregnum.standalone.cli;

import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.RunOwner;
import org.interregnum.orchestrator.recording.KafkaRuns;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.OwnedDirectory;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.InProcessAgents;

/** {@code market run}: runs a market, writes its files, and says what came out. */
final class RunCommand {
    private static final String NAME = "market run";

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    int execute(RunRequest request) {
        RunSpec spec = request.spec();
        MemoryNeed.of(spec).require(spec);
        ModelPrompts.requireWordings(spec.models());
        new ModelKeys(System.getenv()).require(spec.models());
        RunPlace place = RunPlace.find(request.out());
        Optional<KafkaRun> kafka = KafkaRuns.create(request, place.name(), RunOwner.NOBODY, console.saying(NAME));
        try (OwnedDirectory directory = place.own()) {
            return new RunEnding(console, NAME)
                    .see(
                            request,
                            directory,
                            () -> RecordedRun.start(request, directory, new InProcessAgents(), kafka),
                            RunListener.NONE);
        } finally {
            kafka.ifPresent(KafkaRun::close);
        }
    }
}
