package org.interregnum.orchestrator.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.RunManifestFile;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;

/**
 * What a run's manifest knows of how it was run that its log does not.
 *
 * @param runId what the run is called; empty when that is not known
 * @param origin what it was made from, such as {@code replay of runs/first}; empty for a run of its own
 * @param limits when it stops early, as settings
 * @param sellers service that decided prices by the rule; empty for its own process
 * @param buyers service that decided choices by the rule; empty for its own process
 * @param kafka where its log is; empty when that is a file
 * @param started when it first started; empty when that is not known
 * @param end how it ended; empty for a run that goes on, or was killed
 * @param steps steps that it took, as far as the manifest knows
 * @param lacksFiles whether it has not come to the files of a finished run: it was killed before, they could not be
 *     written, or it ended early and was finished elsewhere
 */
public record ManifestSettings(
        String runId,
        String origin,
        Map<Setting, Given> limits,
        Optional<AgentAddress> sellers,
        Optional<AgentAddress> buyers,
        Optional<OnKafka> kafka,
        Optional<Instant> started,
        Optional<End> end,
        long steps,
        boolean lacksFiles) {
    /** What is known of a run of which only its log is left. */
    public static final ManifestSettings NONE = new ManifestSettings(
            "",
            "",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            false);

    private static final String IN_PROCESS = "in process";

    private static final Map<String, Setting> LIMITS = Map.of(
            "on_failure", Setting.ON_FAILURE,
            "max_fallback_rate", Setting.MAX_FALLBACK_RATE,
            "max_calls", Setting.MAX_CALLS,
            "max_tokens", Setting.MAX_TOKENS,
            "max_cost", Setting.MAX_COST);

    /** Whether the run was made from a record, and asked nobody. */
    public boolean isReplay() {
        return origin.startsWith("replay of ");
    }

    /**
     * The same, if they are a certain run's.
     *
     * @param owner what the run is called
     * @throws EventLogException when they are those of another one
     */
    public ManifestSettings of(Path manifest, String owner) {
        if (!runId.equals(owner)) {
            throw new EventLogException(manifest + ": it is of the run " + runId + ", the log is of " + owner);
        }
        return this;
    }

    /**
     * Reads them.
     *
     * @throws EventLogException when the manifest cannot be read, is of a newer version, or is not as it was written
     */
    public static ManifestSettings read(Path manifest) {
        JsonNode root = RunManifestFile.read(manifest);
        Map<Setting, Given> limits = new EnumMap<>(Setting.class);
        LIMITS.forEach((name, setting) -> {
            JsonNode value = root.path("limits").path(name);
            if (value.isValueNode() && !value.isNull()) {
                limits.put(setting, new Given(manifest + ": " + name, value.asText()));
            }
        });
        return new ManifestSettings(
                root.path("run_id").asText(""),
                root.path("origin").asText(""),
                limits,
                address(root, "seller"),
                address(root, "buyer"),
                kafka(root.path("log")),
                started(root.path("started").asText()),
                end(root),
                Math.max(0, root.path("points").asLong(1) - 1),
                lacksFiles(root));
    }

    private static boolean lacksFiles(JsonNode root) {
        // Whatever its log says by now: these are the files of a run that had not finished, or are not there at all.
        boolean lacks =
                end(root).filter(end -> end.status() == RunStatus.FINISHED).isEmpty();
        for (JsonNode reason : root.path("left_out")) {
            lacks |= reason.asText().startsWith(ExportException.CANNOT_WRITE);
        }
        return lacks;
    }

    private static Optional<End> end(JsonNode root) {
        String status = root.path("status").asText();
        return Arrays.stream(RunStatus.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(status))
                .findFirst()
                .map(known -> new End(known, root.path("reason").asText("")));
    }

    /**
     * How a run ended.
     *
     * @param status in which way
     * @param reason why, in one line; empty when it finished
     */
    public record End(RunStatus status, String reason) {}

    private static Optional<Instant> started(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<OnKafka> kafka(JsonNode log) {
        return log.path("kafka").isTextual()
                ? Optional.of(new OnKafka(
                        log.path("kafka").asText(),
                        log.path("run").asText(),
                        log.path("values").asText()))
                : Optional.empty();
    }

    /**
     * A log on Kafka.
     *
     * @param address address of the broker
     * @param runId what the run is called there
     * @param values how its values are written
     */
    record OnKafka(String address, String runId, String values) {}

    private static Optional<AgentAddress> address(JsonNode root, String kind) {
        for (JsonNode agent : root.path("agents")) {
            String address = agent.path("address").asText(IN_PROCESS);
            if (agent.path("kind").asText().equals(kind) && !address.equals(IN_PROCESS)) {
                return Optional.of(AgentAddress.parse(address));
            }
        }
        return Optional.empty();
    }
}
