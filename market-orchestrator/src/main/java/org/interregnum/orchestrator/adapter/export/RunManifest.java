package org.interregnum.orchestrator.adapter.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * What {@code run.json} says of a run: enough to know what it was, to do it again, and what came out.
 *
 * @param runId identifier of the run
 * @param programVersion version of the program
 * @param origin where the run comes from: empty, or such as {@code replay of runs/first} or {@code fork of runs/first at
 *     step 200: rho 0.8 -> 0.1}
 * @param spec what was run
 * @param rules when a run with models stops early
 * @param agents who took part
 * @param models what each model decided and used
 * @param status {@code running}, {@code finished}, {@code failed}, {@code interrupted} or {@code budget_spent}
 * @param reason why it ended before its last point; empty otherwise
 * @param points points computed so far, the opening included
 * @param started when it started
 * @param ended when it ended; null while it runs
 * @param seconds wall time of the whole run in seconds; NaN while it runs
 * @param microsecondsPerStep wall time of a step in microseconds; NaN while it runs and without a step
 * @param outcomes number of decisions by outcome, in small letters
 * @param orderParameters order parameters by name; NaN where one is not defined
 * @param regime the regime; empty while the run goes on
 * @param leftOut what was not written, and why, one entry each
 * @param log where its log is; empty when that is a file in its directory
 */
public record RunManifest(
        String runId,
        String programVersion,
        String origin,
        RunSpec spec,
        DecisionRules rules,
        List<Agent> agents,
        List<DecisionStatistics.Line> models,
        String status,
        String reason,
        long points,
        Instant started,
        Instant ended,
        double seconds,
        double microsecondsPerStep,
        Map<String, Long> outcomes,
        Map<String, Double> orderParameters,
        String regime,
        List<String> leftOut,
        Optional<LogOnKafka> log) {

    /** Version of the file's format. */
    public static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();
    private static final Separators LAYOUT = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    /**
     * Someone who decides.
     *
     * @param kind {@code seller} or {@code buyer}
     * @param name name of the implementation
     * @param version version of the implementation
     * @param strategy strategy that was asked for
     * @param address {@code host:port}, or {@code in process}
     */
    public record Agent(String kind, String name, String version, String strategy, String address) {}

    /**
     * A log on Kafka.
     *
     * @param address {@code host:port} of the broker
     * @param topic topic of its events
     * @param run key of its records
     * @param values how they are written: {@code protobuf} or {@code json}
     */
    public record LogOnKafka(String address, String topic, String run, String values) {}

    /** Status of a run that has not ended yet, or was killed. */
    public static final String RUNNING = "running";

    /** The manifest of a run that has just begun. */
    public static RunManifest running(
            String runId,
            String programVersion,
            String origin,
            RunSpec spec,
            DecisionRules rules,
            List<Agent> agents,
            Instant started,
            Optional<LogOnKafka> log) {
        return new RunManifest(
                runId,
                programVersion,
                origin,
                spec,
                rules,
                agents,
                List.of(),
                RUNNING,
                "",
                0,
                started,
                null,
                Double.NaN,
                Double.NaN,
                Map.of(),
                Map.of(),
                "",
                List.of(),
                log);
    }

    /**
     * Writes the manifest; whoever reads meanwhile sees the old one or the new one, never a part.
     *
     * @throws ExportException when it cannot be written
     */
    public void write(Path path) {
        Path unfinished = path.resolveSibling(path.getFileName() + ".part");
        try {
            writeJson(unfinished);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ExportException.cannotWrite(path, e);
        }
    }

    private void writeJson(Path path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter(LAYOUT).withObjectIndenter(LINES).withArrayIndenter(LINES));
            json.writeStartObject();
            json.writeNumberField("format_version", VERSION);
            json.writeStringField("run_id", runId);
            json.writeStringField("status", status);
            json.writeStringField("reason", reason);
            if (!origin.isEmpty()) {
                json.writeStringField("origin", origin);
            }
            if (log.isPresent()) {
                json.writeObjectFieldStart("log");
                json.writeStringField("kafka", log.get().address());
                json.writeStringField("topic", log.get().topic());
                json.writeStringField("run", log.get().run());
                json.writeStringField("values", log.get().values());
                json.writeEndObject();
            }
            writeSpec(json);
            json.writeArrayFieldStart("agents");
            for (Agent agent : agents) {
                json.writeStartObject();
                json.writeStringField("kind", agent.kind());
                json.writeStringField("name", agent.name());
                json.writeStringField("version", agent.version());
                json.writeStringField("strategy", agent.strategy());
                json.writeStringField("address", agent.address());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (!spec.models().isEmpty() || !models.isEmpty()) {
                new ModelManifest(json).write(spec.models(), rules, models);
            }
            json.writeNumberField("points", points);
            json.writeObjectFieldStart("decisions");
            for (Map.Entry<String, Long> outcome : outcomes.entrySet()) {
                json.writeNumberField(outcome.getKey(), outcome.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("order_parameters");
            for (Map.Entry<String, Double> parameter : orderParameters.entrySet()) {
                writeNumber(json, parameter.getKey(), parameter.getValue());
            }
            json.writeEndObject();
            json.writeStringField("regime", regime.isEmpty() ? null : regime);
            json.writeArrayFieldStart("left_out");
            for (String what : leftOut) {
                json.writeString(what);
            }
            json.writeEndArray();
            json.writeStringField("started", started.toString());
            json.writeStringField("ended", ended == null ? null : ended.toString());
            writeNumber(json, "wall_seconds", seconds);
            writeNumber(json, "microseconds_per_step", microsecondsPerStep);
            json.writeStringField("program_version", programVersion);
            json.writeStringField("java_version", Runtime.version().toString());
            json.flush();
            JsonChecksum.write(json, out.toByteArray());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        Files.write(path, out.toByteArray());
    }

    private void writeSpec(JsonGenerator json) throws IOException {
        MarketParameters market = spec.market();
        json.writeObjectFieldStart("spec");
        writeNumber(json, "J", market.scaledNetworkEffect());
        writeNumber(json, "rho", market.updateRate());
        json.writeNumberField("Nt", spec.points());
        json.writeNumberField("seed", spec.seed());
        json.writeStringField("generator", spec.generator());
        json.writeNumberField("num_sellers", market.sellers());
        json.writeNumberField("num_buyers", market.buyers());
        writeNumber(json, "mu", market.preferenceMean());
        writeNumber(json, "sigma", market.preferenceDeviation());
        writeNumber(json, "unit_cost", market.unitCost());
        writeNumber(json, "cost_cap", market.costCap());
        writeNumber(json, "noise", market.noise());
        writeNumber(json, "visibility", market.visibility());
        writeNumber(json, "burn_in", spec.burnIn());
        json.writeEndObject();
        writeNumber(json, "effective_network_effect", market.networkEffect());
    }

    /** JSON knows neither NaN nor infinity, so those are null. */
    static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
