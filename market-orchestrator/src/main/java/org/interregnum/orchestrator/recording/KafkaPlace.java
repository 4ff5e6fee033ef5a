package org.interregnum.orchestrator.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.ValueFormat;
import org.interregnum.orchestrator.request.Choices;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;

/**
 * A run whose log is on Kafka.
 *
 * @param directory where its files are, or will be
 * @param connection where the broker is
 * @param runId what the run is called there
 */
public record KafkaPlace(RunDirectory directory, KafkaConnection connection, String runId) {
    private static final Path RUNS = Path.of("runs");

    /**
     * Where a run is that is named by its directory or, with the address of a broker, by its id.
     *
     * @param asked the address, if one was given
     * @return empty when the run's log is a file, or there is no such run
     */
    public static Optional<KafkaPlace> find(Path run, Optional<Given> asked) {
        Optional<String> address =
                asked.map(given -> Values.address(Setting.KAFKA, given).toString());
        RunDirectory directory = RunDirectory.of(run);
        if (Files.exists(directory.eventLog())) {
            asked.ifPresent(given -> {
                throw given.isBad("has no effect, for the log of " + run + " is a file; must be left out");
            });
            return Optional.empty();
        }
        if (Files.exists(directory.manifest())) {
            return of(directory, address);
        }
        if (address.isEmpty() || run.getNameCount() != 1 || Files.exists(run)) {
            return Optional.empty();
        }
        RunDirectory ofId = RunDirectory.of(RUNS.resolve(run));
        if (Files.exists(ofId.manifest())) {
            return of(ofId, address);
        }
        return Optional.of(new KafkaPlace(ofId, new KafkaConnection(address.get()), run.toString()));
    }

    /**
     * Where a run is that is only read. Its directory need not be here, and one that is of another run is passed over.
     *
     * @param asked address of the broker, if one was given
     * @return empty when the run's log is a file, or there is no such run
     */
    static Optional<KafkaPlace> toRead(Path run, Optional<Given> asked) {
        if (asked.isEmpty() || !isId(run)) {
            return find(run, asked);
        }
        String address = Values.address(Setting.KAFKA, asked.get()).toString();
        RunDirectory ofId = RunDirectory.of(RUNS.resolve(run));
        boolean isItsOwn = Files.exists(ofId.manifest())
                && ManifestSettings.read(ofId.manifest())
                        .kafka()
                        .filter(kafka -> kafka.runId().equals(run.toString()))
                        .isPresent();
        return isItsOwn
                ? of(ofId, Optional.of(address))
                : Optional.of(new KafkaPlace(RunDirectory.of(run), new KafkaConnection(address), run.toString()));
    }

    /** Whether a text can be the id of a run, and is not its directory. */
    public static boolean isId(Path run) {
        RunDirectory directory = RunDirectory.of(run);
        return run.getNameCount() == 1
                && !run.isAbsolute()
                && !Files.exists(directory.eventLog())
                && !Files.exists(directory.manifest());
    }

    /** Whether its directory is here and has what its models decided. */
    boolean hasDecisions() {
        return Files.exists(directory.manifest()) && Files.exists(directory.decisions());
    }

    private static Optional<KafkaPlace> of(RunDirectory directory, Optional<String> address) {
        return ManifestSettings.read(directory.manifest())
                .kafka()
                .map(kafka -> new KafkaPlace(
                        directory,
                        new KafkaConnection(address.orElse(kafka.address()), format(kafka.values())),
                        kafka.runId()));
    }

    private static ValueFormat format(String name) {
        return name.equals(Choices.name(ValueFormat.JSON)) ? ValueFormat.JSON : ValueFormat.PROTOBUF;
    }
}
