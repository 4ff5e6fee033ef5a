package org.interregnum.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.orchestrator.sweep.CellLimits;
import org.interregnum.standalone.cli.QuestionScout.Asked;

/**
 * What the models of a run will use, as far as it can be told beforehand: how often each is asked on average, without
 * repetitions, and the tokens of prompts like the first ones, at four bytes a token.
 */
final class ModelForecast {
    private static final double BYTES_PER_TOKEN = 4;
    private static final double MILLION = 1e6;
    private static final double MARGIN = 1.25;
    private static final double SPARE_CALLS = 4;

    /** Tokens of ordinary answers: a reason and a number, a word. */
    private static final Map<DecisionKind, Integer> ANSWER =
            Map.of(DecisionKind.PRICE, 100, DecisionKind.IMPRESSION, 15, DecisionKind.CHOICE, 80);

    /** Some steps ask nobody, or of one kind only; so many see every kind that is asked at all often. */
    private static final int MOST_STEPS = 100;

    private final ModelPrompts prompts = new ModelPrompts();
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private final ModelPaces paces = new ModelPaces();

    ModelForecast(RunSpec spec) {
        add(spec, 1);
    }

    /**
     * A forecast for many runs together.
     *
     * @param specs different runs
     * @param times how many of each there are, which differ by their seeds or in nothing
     */
    ModelForecast(List<RunSpec> specs, int times) {
        specs.forEach(spec -> add(spec, times));
    }

    private record Use(double calls, double input, double output, double cost) {
        Use plus(Use other) {
            return new Use(calls + other.calls, input + other.input, output + other.output, cost + other.cost);
        }

        Use times(int number) {
            return new Use(calls * number, input * number, output * number, cost * number);
        }
    }

    /** Whether so much will not be enough, as far as can be told; the cost counts where all prices are known. */
    boolean exceeds(Budget budget) {
        Use all = uses.values().stream().reduce(new Use(0, 0, 0, 0), Use::plus);
        return all.calls > budget.calls() || all.input + all.output > budget.tokens() || all.cost > budget.cost();
    }

    private void add(RunSpec spec, int times) {
        Map<DecisionKind, ModelQuestion> examples = examples(spec);
        for (SellerRange range : spec.models().sellers()) {
            double calls = (double) spec.steps()
                    * (range.last() - range.first() + 1)
                    / spec.market().sellers();
            add("sellers", range.model(), calls, times, DecisionKind.PRICE, tokens(examples, range));
        }
        for (BuyerCohort cohort : spec.models().buyers()) {
            double acts = spec.models().buyersActEveryStep() ? 1 : spec.market().activityProbability();
            double calls = spec.steps() * acts * cohort.buyers().length;
            for (DecisionKind kind : List.of(DecisionKind.IMPRESSION, DecisionKind.CHOICE)) {
                add("buyers", cohort.model(), calls, times, kind, tokens(examples, kind, cohort.model()));
            }
        }
    }

    /** What it will use, with so much added as the forecast may be wrong by; the cost counts where all prices are known. */
    CellLimits limits() {
        Use all = uses.values().stream().reduce(new Use(0, 0, 0, 0), Use::plus);
        return new CellLimits(
                (long) Math.ceil(all.calls * MARGIN + SPARE_CALLS),
                (long) Math.ceil((all.input + all.output) * MARGIN * (1 + SPARE_CALLS / Math.max(1, all.calls))),
                Double.isNaN(all.cost)
                        ? Double.POSITIVE_INFINITY
                        : all.cost * MARGIN * (1 + SPARE_CALLS / Math.max(1, all.calls)));
    }

    /** A line a model: its name, and what it will use. */
    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        uses.forEach((name, use) -> lines.put(
                name,
                String.format(
                                Locale.ROOT,
                                "about %.0f calls, %.0f tokens in and %.0f out",
                                use.calls,
                                use.input,
                                use.output)
                        + (Double.isNaN(use.cost) ? "" : String.format(Locale.ROOT, ", cost %.4f", use.cost))));
        return lines;
    }

    /** A line for each limit of calls a minute: the least time that it leaves. */
    List<String> paces() {
        return paces.lines();
    }

    private double tokens(Map<DecisionKind, ModelQuestion> examples, SellerRange range) {
        return examples.get(DecisionKind.PRICE) instanceof ModelQuestion.Price price
                ? tokens(
                        new ModelQuestion.Price(
                                price.step(),
                                price.subject(),
                                price.prices(),
                                price.shares(),
                                price.premiums(),
                                price.unitCost(),
                                price.costCap(),
                                range.information()),
                        range.model())
                : 0;
    }

    private double tokens(Map<DecisionKind, ModelQuestion> examples, DecisionKind kind, ModelSettings model) {
        return examples.containsKey(kind) ? tokens(examples.get(kind), model) : 0;
    }

    private double tokens(ModelQuestion question, ModelSettings model) {
        Prompt prompt = prompts.of(question, model);
        return (prompt.system() + prompt.user()).getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN;
    }

    private void add(String who, ModelSettings model, double calls, int times, DecisionKind kind, double tokensOfOne) {
        double input = calls * tokensOfOne;
        double output = calls * Math.min(model.maxOutputTokens(), ANSWER.get(kind));
        double cost = (input * model.inputPrice() + output * model.outputPrice()) / MILLION;
        paces.add(model, calls * times);
        uses.merge(who + " " + model.model(), new Use(calls, input, output, cost).times(times), Use::plus);
    }

    /** A question of each kind that is asked in the first steps. */
    private static Map<DecisionKind, ModelQuestion> examples(RunSpec spec) {
        QuestionScout scout = new QuestionScout(spec);
        Map<DecisionKind, ModelQuestion> examples = new EnumMap<>(DecisionKind.class);
        int kinds = (spec.models().sellers().isEmpty() ? 0 : 1)
                + (spec.models().buyers().isEmpty() ? 0 : 2);
        for (int tries = 0; tries < MOST_STEPS && examples.size() < kinds; tries++) {
            List<Asked> asked = scout.from(1);
            if (asked.isEmpty()) {
                break;
            }
            asked.forEach(one -> examples.putIfAbsent(one.question().kind(), one.question()));
        }
        return examples;
    }
}
