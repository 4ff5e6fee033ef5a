package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.event.RunStatus;

/**
 * What {@code run.json} says of a run that ran elsewhere.
 *
 * @param json the file
 */
record RemoteManifest(JsonNode json) {
    private static final double NANOS = 1e3;

    /** Steps that the run took. */
    long steps() {
        return Math.max(0, points() - 1);
    }

    int points() {
        return json.path("points").asInt();
    }

    /** What was not written, a line each. */
    List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        json.path("left_out").forEach(line -> lines.add(line.asText()));
        return lines;
    }

    /** Whether nothing failed to be written. */
    boolean isWhole() {
        return leftOut().stream().noneMatch(line -> line.startsWith(ExportException.CANNOT_WRITE));
    }

    /**
     * The numbers for a person.
     *
     * @param files where the files are
     */
    Summary summary(RunStatus status, String files) {
        JsonNode spec = json.path("spec");
        List<DecisionStatistics.Line> models = new ArrayList<>();
        json.path("models").forEach(model -> models.add(line(model)));
        return new Summary(
                spec.path("num_sellers").asInt(),
                spec.path("Nt").asLong() - 1,
                status,
                steps(),
                number(json, "microseconds_per_step") * NANOS,
                order(),
                Regime.valueOf(json.path("regime").asText("undetermined").toUpperCase(Locale.ROOT)),
                files,
                models);
    }

    private OrderParameters order() {
        JsonNode order = json.path("order_parameters");
        double burnIn = number(json.path("spec"), "burn_in");
        return new OrderParameters(
                points() == 0 ? 0 : points() - OrderParameters.firstPointKept(points(), burnIn),
                number(order, "mean_leader_share"),
                0,
                number(order, "lead_changes_per_1000_steps"),
                number(order, "leader_order_parameter"),
                number(order, "herfindahl_hirschman_index"),
                number(order, "mean_transaction_price"),
                number(order, "transaction_price_volatility"),
                number(order, "industry_profit"),
                number(order, "share_buying_nothing"));
    }

    private static DecisionStatistics.Line line(JsonNode model) {
        Map<DecisionOutcome, DecisionStatistics.Totals> byOutcome = new EnumMap<>(DecisionOutcome.class);
        for (DecisionOutcome outcome : DecisionOutcome.values()) {
            JsonNode totals = model.path("outcomes").path(outcome.name().toLowerCase(Locale.ROOT));
            if (totals.isObject()) {
                byOutcome.put(outcome, totals(totals));
            }
        }
        TreeSet<String> answering = new TreeSet<>();
        model.path("provider_models").forEach(name -> answering.add(name.asText()));
        return new DecisionStatistics.Line(
                new DecisionStatistics.Key(
                        model.path("kind").asText(),
                        model.path("endpoint").asText(),
                        model.path("model").asText()),
                totals(model),
                byOutcome,
                answering,
                Map.of());
    }

    private static DecisionStatistics.Totals totals(JsonNode totals) {
        return new DecisionStatistics.Totals(
                totals.path("decisions").asLong(),
                totals.path("calls").asLong(),
                totals.path("tokens").path("input").asLong(),
                totals.path("tokens").path("output").asLong(),
                number(totals, "cost"),
                number(totals.path("latency_ms"), "median"),
                number(totals.path("latency_ms"), "p95"));
    }

    /** What is not defined is null in JSON. */
    private static double number(JsonNode parent, String name) {
        return parent.path(name).isNumber() ? parent.path(name).doubleValue() : Double.NaN;
    }
}
