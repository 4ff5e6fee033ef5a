package org.interregnum.orchestrator.decision;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelCall;

/** What a run's models decided and used, by model and outcome. May be read while it is written to. */
public final class DecisionStatistics {
    private static final int DIGITS = 3;
    private static final long LARGEST_MICROS = 24L * 3600 * 1_000_000;
    private static final double THOUSAND = 1000;
    private static final double MEDIAN = 50;
    private static final double PERCENTILE_95 = 95;

    private final Map<Key, Use> uses = new LinkedHashMap<>();
    private final Map<Key, Traits> traits = new LinkedHashMap<>();
    private long decisions;
    private long fallbacks;
    private long calls;
    private long tokens;
    private double cost = Double.NaN;
    private long chargedCalls;
    private long chargedTokens;
    private double chargedCost;
    private final Histogram micros = newHistogram();

    /**
     * What counts against a budget: more than what is known to be spent where answers were lost.
     *
     * @param calls calls that were sent, or may have been
     * @param tokens tokens used at most
     * @param cost money spent at most
     */
    public record Charged(long calls, long tokens, double cost) {}

    /**
     * What decides: one line of the tables.
     *
     * @param kind {@code seller} or {@code buyer}
     * @param endpoint name of the endpoint
     * @param model name of the model that was asked
     */
    public record Key(String kind, String endpoint, String model) {}

    /**
     * What a model decided and used, all of it or with one outcome.
     *
     * @param decisions number of decisions; of the outcome undecided, which is none, of questions given up
     * @param calls calls that were sent
     * @param inputTokens tokens of questions, as far as providers said
     * @param outputTokens tokens of answers, as far as providers said
     * @param cost money spent; NaN when prices are unknown
     * @param medianMillis median of the time that endpoints took for a decision, in milliseconds; NaN without a call
     * @param percentile95Millis 95th percentile of the same
     */
    public record Totals(
            long decisions,
            long calls,
            long inputTokens,
            long outputTokens,
            double cost,
            double medianMillis,
            double percentile95Millis) {}

    /**
     * One model's part of the statistics.
     *
     * @param key what decides
     * @param all all outcomes together; questions given up count for what they used, and not as decisions
     * @param byOutcome the same by outcome, in the order of the outcomes
     * @param providerModels names of the models that answered, as the providers said
     * @param promptHashes hashes of the prompts' wordings, by kind of decision, such as {@code price: 3f…}
     */
    public record Line(
            Key key,
            Totals all,
            Map<DecisionOutcome, Totals> byOutcome,
            SortedSet<String> providerModels,
            Map<DecisionKind, String> promptHashes) {
        /** How the endpoint for trials names itself. */
        private static final String SCRIPTED = "scripted";

        /** Whether the endpoint for trials answered, which is no language model. */
        public boolean isScripted() {
            return providerModels.contains(SCRIPTED);
        }
    }

    /**
     * All models together, for a progress line.
     *
     * @param decisions number of decisions
     * @param fallbacks those among them that fell back
     * @param calls calls that were sent
     * @param tokens tokens of questions and answers, as far as providers said
     * @param cost money spent on models whose prices are known; NaN before the first decision of such a model
     * @param medianMillis median of the time that endpoints took for a decision, in milliseconds; NaN without a call
     * @param percentile95Millis 95th percentile of the same
     */
    public record Sum(
            long decisions,
            long fallbacks,
            long calls,
            long tokens,
            double cost,
            double medianMillis,
            double percentile95Millis) {}

    /** Counts a decision. */
    public synchronized void add(DecisionRecord decision) {
        Key key = new Key(
                decision.kind() == DecisionKind.PRICE ? "seller" : "buyer",
                decision.model().endpoint(),
                decision.model().model());
        uses.computeIfAbsent(key, any -> new Use()).add(decision);
        traits.computeIfAbsent(key, any -> new Traits()).add(decision);
        boolean isDecided = decision.answer().outcome() != DecisionOutcome.UNDECIDED;
        decisions += isDecided ? 1 : 0;
        fallbacks += decision.answer().outcome() == DecisionOutcome.FALLBACK ? 1 : 0;
        calls += decision.answer().report().calls().size();
        for (ModelCall call : decision.answer().report().calls()) {
            tokens += Math.max(0, call.inputTokens()) + Math.max(0, call.outputTokens());
        }
        chargedCalls += decision.answer().report().chargedCalls();
        chargedTokens += decision.answer().report().chargedTokens();
        double charged = decision.answer().report().chargedCost();
        chargedCost += Double.isNaN(charged) ? 0 : charged;
        if (!Double.isNaN(decision.cost())) {
            cost = Double.isNaN(cost) ? decision.cost() : cost + decision.cost();
        }
        recordTime(decision, micros);
    }

    /** All models together. */
    public synchronized Sum sum() {
        return new Sum(
                decisions, fallbacks, calls, tokens, cost, millis(micros, MEDIAN), millis(micros, PERCENTILE_95));
    }

    /** What counts against a budget. */
    public synchronized Charged charged() {
        return new Charged(chargedCalls, chargedTokens, chargedCost);
    }

    /** A line a model, in the order of their first decisions. */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        uses.forEach((key, use) -> lines.add(use.line(key, traits.get(key))));
        return lines;
    }

    /** Decisions by outcome over all models. */
    public synchronized Map<DecisionOutcome, Long> byOutcome() {
        Map<DecisionOutcome, Long> counts = new LinkedHashMap<>();
        uses.values()
                .forEach(use -> use.byOutcome.forEach((outcome, tally) -> {
                    if (outcome != DecisionOutcome.UNDECIDED) {
                        counts.merge(outcome, tally.decisions, Long::sum);
                    }
                }));
        return counts;
    }

    private static Histogram newHistogram() {
        return new Histogram(LARGEST_MICROS, DIGITS);
    }

    /** Records the time that the endpoint took for a decision with all its calls, if it was called at all. */
    private static void recordTime(DecisionRecord decision, Histogram micros) {
        List<ModelCall> calls = decision.answer().report().calls();
        if (!calls.isEmpty()) {
            long nanos = calls.stream().mapToLong(ModelCall::latencyNanos).sum();
            micros.recordValue(Math.min(LARGEST_MICROS, nanos / 1000));
        }
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(percentile) / THOUSAND;
    }

    private static final class Traits {
        private final SortedSet<String> providerModels = new TreeSet<>();
        private final Map<DecisionKind, String> promptHashes = new LinkedHashMap<>();

        void add(DecisionRecord decision) {
            for (ModelCall call : decision.answer().report().calls()) {
                if (!call.model().isEmpty()) {
                    providerModels.add(call.model());
                }
            }
            if (!decision.answer().report().promptHash().isEmpty()) {
                promptHashes.put(decision.kind(), decision.answer().report().promptHash());
            }
        }
    }

    private static final class Use {
        private final Tally all = new Tally();
        private final Map<DecisionOutcome, Tally> byOutcome = new EnumMap<>(DecisionOutcome.class);

        void add(DecisionRecord decision) {
            all.add(decision);
            byOutcome
                    .computeIfAbsent(decision.answer().outcome(), any -> new Tally())
                    .add(decision);
        }

        Line line(Key key, Traits traits) {
            Map<DecisionOutcome, Totals> totals = new EnumMap<>(DecisionOutcome.class);
            byOutcome.forEach((outcome, tally) -> totals.put(outcome, tally.totals(tally.decisions)));
            Tally givenUp = byOutcome.get(DecisionOutcome.UNDECIDED);
            return new Line(
                    key,
                    all.totals(all.decisions - (givenUp == null ? 0 : givenUp.decisions)),
                    totals,
                    new TreeSet<>(traits.providerModels),
                    Map.copyOf(traits.promptHashes));
        }
    }

    private static final class Tally {
        private final Histogram micros = newHistogram();
        private long decisions;
        private long calls;
        private long inputTokens;
        private long outputTokens;
        private double cost;

        void add(DecisionRecord decision) {
            decisions++;
            for (ModelCall call : decision.answer().report().calls()) {
                calls++;
                inputTokens += Math.max(0, call.inputTokens());
                outputTokens += Math.max(0, call.outputTokens());
            }
            cost += decision.cost();
            recordTime(decision, micros);
        }

        Totals totals(long counted) {
            return new Totals(
                    counted,
                    calls,
                    inputTokens,
                    outputTokens,
                    cost,
                    millis(micros, MEDIAN),
                    millis(micros, PERCENTILE_95));
        }
    }
}
