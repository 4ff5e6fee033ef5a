package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * What {@code run.json} says of a run: enough to know what it was, to do it again, and what came out.
 *
 * @param runId identifier of the run
 * @param programVersion version of the program
 * @param spec what was run
 * @param agents who took part
 * @param status {@code running}, {@code finished}, {@code failed}, {@code interrupted} or {@code budget_spent}
 * @param reason why it ended before its last point; empty otherwise
 * @param points points computed so far, the opening included
 * @param started when it started
 * @param ended when it ended; null while it runs
 * @param seconds wall time of the whole run in seconds; NaN while it runs
 * @param microsecondsPerStep wall time of a step in microseconds; NaN while it runs and without a step
 * @param outcomes number of decisions by outcome, such as {@code rule}
 * @param orderParameters order parameters by name; NaN where one is not defined
 * @param regime the regime; empty while the run goes on
 * @param leftOut what was not written, and why, one entry each
 */
public record RunManifest(
        String runId,
        String programVersion,
        RunSpec spec,
        List<Agent> agents,
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
        List<String> leftOut) {

    private static final int VERSION = 1;

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

    /** The manifest of a run that has just begun. */
    public static RunManifest running(
            String runId, String programVersion, RunSpec spec, List<Agent> agents, Instant started) {
        return new RunManifest(
                runId,
                programVersion,
                spec,
                agents,
                "running",
                "",
                0,
                started,
                null,
                Double.NaN,
                Double.NaN,
                Map.of(),
                Map.of(),
                "",
                List.of());
    }

    /**
     * Writes the manifest; whoever reads meanwhile sees the old one or the new one, never a part.
     *
     * @throws ExportException when it cannot be written
     */
    public void write(Path path) {
        Path unfinished = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.writeString(unfinished, toJson());
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ExportException.cannotWrite(path, e);
        }
    }

    private String toJson() {
        JsonText json = new JsonText()
                .put("format_version", VERSION)
                .put("run_id", runId)
                .put("status", status)
                .put("reason", reason);
        putSpec(json);
        json.array("agents");
        for (Agent agent : agents) {
            json.object()
                    .put("kind", agent.kind())
                    .put("name", agent.name())
                    .put("version", agent.version())
                    .put("strategy", agent.strategy())
                    .put("address", agent.address())
                    .endObject();
        }
        json.endArray().put("points", points).object("decisions");
        outcomes.forEach(json::put);
        json.endObject().object("order_parameters");
        orderParameters.forEach(json::put);
        json.endObject().put("regime", regime.isEmpty() ? null : regime).array("left_out");
        leftOut.forEach(json::add);
        return json.endArray()
                .put("started", started.toString())
                .put("ended", ended == null ? null : ended.toString())
                .put("wall_seconds", seconds)
                .put("microseconds_per_step", microsecondsPerStep)
                .put("program_version", programVersion)
                .put("java_version", Runtime.version().toString())
                .end();
    }

    private void putSpec(JsonText json) {
        MarketParameters market = spec.market();
        json.object("spec")
                .put("J", market.scaledNetworkEffect())
                .put("rho", market.updateRate())
                .put("Nt", spec.points())
                .put("seed", spec.seed())
                .put("generator", spec.generator())
                .put("num_sellers", market.sellers())
                .put("num_buyers", market.buyers())
                .put("mu", market.preferenceMean())
                .put("sigma", market.preferenceDeviation())
                .put("unit_cost", market.unitCost())
                .put("cost_cap", market.costCap())
                .put("noise", market.noise())
                .put("visibility", market.visibility())
                .put("burn_in", spec.burnIn())
                .endObject()
                .put("effective_network_effect", market.networkEffect());
    }
}
