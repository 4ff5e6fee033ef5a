package org.interregnum.standalone.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.event.RunStatus;

/**
 * What a person reads when a run is over.
 *
 * @param sellers number of sellers
 * @param lastStep number of steps of the whole run
 * @param status how it ended
 * @param steps number of steps taken
 * @param nanosAStep time of a step, in nanoseconds; NaN without a step
 * @param order its order parameters after the burn-in
 * @param regime its regime
 * @param files where its files are
 * @param models what its models decided and used
 */
record Summary(
        int sellers,
        long lastStep,
        RunStatus status,
        long steps,
        double nanosAStep,
        OrderParameters order,
        Regime regime,
        String files,
        List<DecisionStatistics.Line> models) {
    private static final String UTILITY = "units of utility";

    /** Prints it; the heading is bold when {@code colour} is set. */
    void print(PrintStream out, boolean colour) {
        out.println((colour ? "\u001b[1m" + regime.inWords() + "\u001b[0m" : regime.inWords()) + ": " + meaning());
        out.println();
        line(out, "mean leader share", number(order.meanLeaderShare()), "of all buyers");
        line(out, "lead changes in 1000 steps", number(order.leadChangesPerThousandSteps()), "");
        line(
                out,
                "Herfindahl-Hirschman index",
                number(order.herfindahlHirschmanIndex()),
                "%s when shares are equal, 1 for one seller".formatted(number(1.0 / sellers)));
        line(out, "mean transaction price", number(order.meanTransactionPrice()), UTILITY);
        line(
                out,
                "volatility of that price",
                number(order.transactionPriceVolatility()),
                UTILITY + ", standard deviation over time");
        line(out, "industry profit net of cost", number(order.industryProfit()), UTILITY + " a buyer and step");
        line(out, "share buying nothing", number(order.shareBuyingNothing()), "of all buyers");
        line(out, "time a step", Double.isNaN(nanosAStep) ? "not defined" : time(nanosAStep), "");
        out.println();
        line(out, "steps taken", String.format(Locale.ROOT, "%d of %d", steps, lastStep), ended());
        line(
                out,
                "points averaged",
                String.format(Locale.ROOT, "%d of %d", order.points(), steps + 1),
                "the rest is burn-in");
        models.forEach(model -> print(out, model));
        if (!models.isEmpty()) {
            out.println();
        }
        warn(out);
        line(out, "files", files, "");
    }

    /** What nobody should overlook who reads the numbers. */
    private void warn(PrintStream out) {
        long kept = models.stream()
                .map(model -> model.byOutcome().get(DecisionOutcome.FALLBACK))
                .filter(Objects::nonNull)
                .mapToLong(DecisionStatistics.Totals::decisions)
                .sum();
        if (kept > 0) {
            long all =
                    models.stream().mapToLong(model -> model.all().decisions()).sum();
            out.println(String.format(
                    Locale.ROOT,
                    "  Warning: %d of %d decisions kept what was, for want of an acceptable answer; see decisions.jsonl",
                    kept,
                    all));
        }
        if (models.stream().anyMatch(DecisionStatistics.Line::isScripted)) {
            out.println("  scripted: answers by rules, not a language model");
        }
    }

    private static void print(PrintStream out, DecisionStatistics.Line model) {
        out.println();
        out.println("  %ss asked %s at %s%s"
                .formatted(model.key().kind(), model.key().model(), model.key().endpoint(), answeredBy(model)));
        row(out, "", "decisions", "calls", "tokens in", "and out", "cost", "p50 time", "p95 time");
        model.byOutcome()
                .forEach((outcome, totals) -> row(
                        out,
                        outcome.name().toLowerCase(Locale.ROOT),
                        // What was given up is no decision, and not among all.
                        outcome == DecisionOutcome.UNDECIDED
                                ? "(" + totals.decisions() + ")"
                                : Long.toString(totals.decisions()),
                        totals));
        row(out, "all", Long.toString(model.all().decisions()), model.all());
    }

    private static void row(PrintStream out, String name, String decisions, DecisionStatistics.Totals totals) {
        row(
                out,
                name,
                decisions,
                Long.toString(totals.calls()),
                Long.toString(totals.inputTokens()),
                Long.toString(totals.outputTokens()),
                Double.isNaN(totals.cost()) ? "" : ModelUse.money(totals.cost()),
                Double.isNaN(totals.medianMillis()) ? "" : ModelUse.time(totals.medianMillis()),
                Double.isNaN(totals.percentile95Millis()) ? "" : ModelUse.time(totals.percentile95Millis()));
    }

    private static void row(PrintStream out, Object... cells) {
        out.println(String.format(Locale.ROOT, "    %-9s %9s %7s %10s %8s %8s %8s %8s", cells)
                .stripTrailing());
    }

    private static String answeredBy(DecisionStatistics.Line model) {
        return model.providerModels().isEmpty() ? "" : ", answered by " + String.join(", ", model.providerModels());
    }

    private static void line(PrintStream out, String name, String value, String note) {
        out.println(String.format(Locale.ROOT, "  %-28s  %-10s  %s", name, value, note)
                .stripTrailing());
    }

    private String ended() {
        return switch (status) {
            case FINISHED -> "";
            case INTERRUPTED -> "interrupted";
            case FAILED -> "stopped because agents failed";
            case BUDGET_SPENT -> "stopped at a budget";
        };
    }

    private String meaning() {
        return switch (regime) {
            case COMPETITION -> "the sellers share the market and none of them dominates.";
            case ALTERNATING_MONOPOLIES ->
                "one seller takes most of the market, overprices, falls, and another takes" + " over.";
            case STABLE_MONOPOLY -> "one seller takes most of the market and keeps it.";
            case UNDETERMINED ->
                order.points() < Regime.FEWEST_POINTS
                        ? String.format(
                                Locale.ROOT,
                                "%d points after the burn-in are too few to tell; %d are needed.",
                                order.points(),
                                Regime.FEWEST_POINTS)
                        : "nobody bought anything.";
        };
    }

    /** A number with about three decimals, however large or small it is. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "not defined";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        boolean plain = size >= 0.001 && size < 1e6;
        return String.format(Locale.ROOT, plain ? "%.3f" : "%.2e", value);
    }

    /** A time for people, from nanoseconds. */
    static String time(double nanos) {
        if (nanos < 1e6) {
            return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
        }
        return nanos < 1e9
                ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
