package org.interregnum.orchestrator.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * Two runs, event by event: the first step at which they differ and in what. Only the series of both are kept.
 *
 * @param first series of the first run
 * @param second series of the second run
 * @param differingStep first step at which the trajectories differ, 0 for the opening; −1 when they do not differ as far as
 *     both go, or are of markets of different size
 * @param differences in what they differ there, one entry each
 * @param differingDeciders first step at which they agree, but others decided; 0 for the opening, −1 when there is none up
 *     to {@code differingStep}
 * @param deciders who decided there
 */
public record RunComparison(
        MarketSeries first,
        MarketSeries second,
        long differingStep,
        List<String> differences,
        long differingDeciders,
        String deciders) {
    /** No step. */
    public static final long NONE = -1;

    /**
     * Compares two runs.
     *
     * @param first events of the first run from the opening on
     * @param firstStart its start
     * @param firstPoints number of points that it has
     * @param second events of the second run from the opening on
     * @param secondStart its start
     * @param secondPoints number of points that it has
     */
    public static RunComparison of(
            EventSource first,
            RunStarted firstStart,
            int firstPoints,
            EventSource second,
            RunStarted secondStart,
            int secondPoints) {
        int firstSellers = firstStart.parameters().sellers();
        int secondSellers = secondStart.parameters().sellers();
        MarketSeries firstSeries = new MarketSeries(firstSellers, firstPoints);
        MarketSeries secondSeries = new MarketSeries(secondSellers, secondPoints);
        boolean comparable = firstSellers == secondSellers
                && firstStart.parameters().buyers() == secondStart.parameters().buyers();
        Findings findings = new Findings();
        for (int point = 0; point < Math.max(firstPoints, secondPoints); point++) {
            MarketEvent one = point < firstPoints ? next(first, firstSeries) : null;
            MarketEvent other = point < secondPoints ? next(second, secondSeries) : null;
            if (comparable && one != null && other != null && findings.step == NONE) {
                findings.compare(point, one, other);
            }
        }
        return new RunComparison(
                firstSeries,
                secondSeries,
                findings.step,
                List.copyOf(findings.differences),
                findings.deciderStep,
                findings.deciders);
    }

    /** The next event that leads to a point, which is added to the series. */
    private static MarketEvent next(EventSource source, MarketSeries series) {
        MarketEvent event = source.next();
        while (event instanceof MarketChange) {
            event = source.next();
        }
        if (event instanceof MarketOpened opening) {
            series.open(opening.shares(), opening.prices());
        } else if (event instanceof StepTaken step) {
            series.step(step.seller(), step.shares(), step.prices());
        }
        return event;
    }

    private static final class Findings {
        private final List<String> differences = new ArrayList<>();
        private long step = NONE;
        private long deciderStep = NONE;
        private String deciders = "";

        void compare(long point, MarketEvent one, MarketEvent other) {
            if (one instanceof StepTaken first && other instanceof StepTaken second) {
                compareSteps(first, second);
            } else if (one instanceof MarketOpened first && other instanceof MarketOpened second) {
                compareOpenings(first, second);
            }
            if (!differences.isEmpty()) {
                step = point;
            } else if (deciderStep == NONE) {
                compareDeciders(point, one, other);
            }
        }

        private void compareOpenings(MarketOpened first, MarketOpened second) {
            comparePrices(first.prices(), second.prices());
            long choices = 0;
            for (int buyer = 0; buyer < first.choices().length; buyer++) {
                choices += first.choices()[buyer] == second.choices()[buyer] ? 0 : 1;
            }
            add(choices, "the choices of %d buyers");
            if (!Arrays.equals(first.impressions(), second.impressions())) {
                differences.add("the impressions of the buyers that are models");
            }
        }

        private void compareSteps(StepTaken first, StepTaken second) {
            if (first.seller() != second.seller()) {
                differences.add(format("the seller that could re-price (%d and %d)", first.seller(), second.seller()));
            }
            comparePrices(first.prices(), second.prices());
            if (!Arrays.equals(first.activeBuyers(), second.activeBuyers())) {
                differences.add(format(
                        "the buyers that were active (%d and %d)",
                        first.activeBuyers().length, second.activeBuyers().length));
            }
            add(differingChanges(first, second), "the choices of %d buyers");
            if (!Arrays.equals(
                            first.modelBuyers().impressionBuyers(),
                            second.modelBuyers().impressionBuyers())
                    || !Arrays.equals(
                            first.modelBuyers().newImpressions(),
                            second.modelBuyers().newImpressions())) {
                differences.add("the impressions of the buyers that are models");
            }
        }

        private void comparePrices(double[] first, double[] second) {
            for (int seller = 0; seller < first.length; seller++) {
                if (Double.doubleToRawLongBits(first[seller]) != Double.doubleToRawLongBits(second[seller])) {
                    differences.add(
                            format("the price of seller %d (%s and %s)", seller, first[seller], second[seller]));
                }
            }
        }

        /** Number of buyers that changed to different sellers, or in one run only; both lists are ascending. */
        private static long differingChanges(StepTaken first, StepTaken second) {
            int[] some = first.changedBuyers();
            int[] others = second.changedBuyers();
            int at = 0;
            int with = 0;
            long count = 0;
            while (at < some.length || with < others.length) {
                int one = at < some.length ? some[at] : Integer.MAX_VALUE;
                int other = with < others.length ? others[with] : Integer.MAX_VALUE;
                count += one == other && first.newChoices()[at] == second.newChoices()[with] ? 0 : 1;
                at += one <= other ? 1 : 0;
                with += other <= one ? 1 : 0;
            }
            return count;
        }

        private void compareDeciders(long point, MarketEvent one, MarketEvent other) {
            if (one instanceof StepTaken first && other instanceof StepTaken second) {
                compareDeciders(point, "price", first.priceDecider(), second.priceDecider());
                compareDeciders(point, "choices", first.choiceDecider(), second.choiceDecider());
            } else if (one instanceof MarketOpened first && other instanceof MarketOpened second) {
                compareDeciders(point, "choices", first.choiceDecider(), second.choiceDecider());
            }
        }

        private void compareDeciders(long point, String what, Decider one, Decider other) {
            if (deciderStep == NONE && !Objects.equals(one, other)) {
                deciderStep = point;
                deciders = what + ": " + words(one) + " and " + words(other);
            }
        }

        private static String words(Decider decider) {
            if (decider == null) {
                return "nobody";
            }
            return decider.agent() + " " + decider.version() + " ("
                    + (decider.model().isEmpty() ? "" : decider.model() + ", ")
                    + decider.outcome().name().toLowerCase(Locale.ROOT) + ")";
        }

        private void add(long count, String what) {
            if (count > 0) {
                differences.add(format(what, count));
            }
        }

        private static String format(String pattern, Object... values) {
            return String.format(Locale.ROOT, pattern, values);
        }
    }
}
