package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.DecisionStatistics.Sum;

/** What models have used so far, in words: in full for a log, short for a terminal. */
final class ModelUse {
    private static final long THOUSAND = 1000;
    private static final long UNABBREVIATED = 10_000;
    private static final double SMALLEST_MONEY = 0.00005;

    private ModelUse() {}

    /** Pieces such as {@code 942 of 1000 calls}; fallbacks, if there were any, come first. */
    static List<String> inFull(Sum sum, Budget budget) {
        List<String> pieces = new ArrayList<>();
        if (sum.fallbacks() > 0) {
            pieces.add(format("%d of %d decisions fell back", sum.fallbacks(), sum.decisions()));
        }
        pieces.add(limited(sum.calls(), budget.calls()) + " calls");
        pieces.add(limited(sum.tokens(), budget.tokens()) + " tokens");
        if (!Double.isNaN(sum.cost())) {
            pieces.add("cost " + money(sum.cost())
                    + (budget.cost() == Double.POSITIVE_INFINITY ? "" : " of " + money(budget.cost())));
        }
        if (!Double.isNaN(sum.medianMillis())) {
            pieces.add(format(
                    "a decision takes %s (median; 95th percentile %s)",
                    time(sum.medianMillis()), time(sum.percentile95Millis())));
        }
        return pieces;
    }

    /** The same in few columns, the most important pieces first. */
    static List<String> inShort(Sum sum) {
        List<String> pieces = new ArrayList<>();
        if (sum.fallbacks() > 0) {
            pieces.add(sum.fallbacks() + (sum.fallbacks() == 1 ? " fallback" : " fallbacks"));
        }
        pieces.add(count(sum.calls()) + " calls");
        pieces.add(count(sum.tokens()) + " tokens");
        if (!Double.isNaN(sum.cost())) {
            pieces.add("cost " + money(sum.cost()));
        }
        if (!Double.isNaN(sum.medianMillis())) {
            pieces.add("p50 " + time(sum.medianMillis()));
            pieces.add("p95 " + time(sum.percentile95Millis()));
        }
        return pieces;
    }

    private static String limited(long used, long limit) {
        return used + (limit == Long.MAX_VALUE ? "" : " of " + limit);
    }

    /** A count with at most four digits, such as {@code 9999}, {@code 301k} or {@code 4.52M}. */
    static String count(long count) {
        if (count < UNABBREVIATED) {
            return Long.toString(count);
        }
        double thousands = (double) count / THOUSAND;
        return thousands < THOUSAND - 0.5 ? digits(thousands) + "k" : digits(thousands / THOUSAND) + "M";
    }

    /** An amount of money, the smaller the finer. */
    static String money(double amount) {
        boolean wouldVanish = amount > 0 && amount < SMALLEST_MONEY;
        return format(wouldVanish ? "%.1e" : amount < 1 ? "%.4f" : "%.2f", amount);
    }

    /** A time with three digits, from milliseconds. */
    static String time(double millis) {
        return millis < THOUSAND - 0.5 ? digits(millis) + " ms" : digits(millis / THOUSAND) + " s";
    }

    private static String digits(double value) {
        return format(value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
