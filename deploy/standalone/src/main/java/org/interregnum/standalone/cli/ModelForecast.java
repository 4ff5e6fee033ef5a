package org.interregnum.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.cli.QuestionScout.Asked;

/**
 * What the models of a run will use, as far as it can be told beforehand: how often each is asked on average, without
 * repetitions, and the tokens of prompts like the first ones, at four bytes a token.
 */
final class ModelForecast {
    private static final double BYTES_PER_TOKEN = 4;
    private static final double MILLION = 1e6;

    /** Tokens of ordinary answers: a reason and a number, a word. */
    private static final Map<DecisionKind, Integer> ANSWER =
            Map.of(DecisionKind.PRICE, 100, DecisionKind.IMPRESSION, 15, DecisionKind.CHOICE, 80);

    private final RunSpec spec;

    ModelForecast(RunSpec spec) {
        this.spec = spec;
    }

    private record Use(double calls, double input, double output, double cost) {
        Use plus(Use other) {
            return new Use(calls + other.calls, input + other.input, output + other.output, cost + other.cost);
        }
    }

    /** A line a model: its name, and what it will use. */
    Map<String, String> lines() {
        Map<DecisionKind, Double> sizes = sizes();
        Map<String, Use> uses = new LinkedHashMap<>();
        for (SellerRange range : spec.models().sellers()) {
            double calls = (double) spec.steps()
                    * (range.last() - range.first() + 1)
                    / spec.market().sellers();
            add(uses, "sellers", range.model(), calls, sizes, DecisionKind.PRICE);
        }
        for (BuyerCohort cohort : spec.models().buyers()) {
            double acts = spec.models().buyersActEveryStep() ? 1 : spec.market().activityProbability();
            double calls = spec.steps() * acts * cohort.buyers().length;
            add(uses, "buyers", cohort.model(), calls, sizes, DecisionKind.IMPRESSION);
            add(uses, "buyers", cohort.model(), calls, sizes, DecisionKind.CHOICE);
        }
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

    private void add(
            Map<String, Use> uses,
            String who,
            ModelSettings model,
            double calls,
            Map<DecisionKind, Double> sizes,
            DecisionKind kind) {
        double input = calls * sizes.getOrDefault(kind, 0.0);
        double output = calls * Math.min(model.maxOutputTokens(), ANSWER.get(kind));
        double cost = (input * model.inputPrice() + output * model.outputPrice()) / MILLION;
        uses.merge(who + " " + model.model(), new Use(calls, input, output, cost), Use::plus);
    }

    /** Tokens of a prompt of each kind, from the first step in which such are asked. */
    private Map<DecisionKind, Double> sizes() {
        QuestionScout scout = new QuestionScout(spec);
        ModelPrompts prompts = new ModelPrompts();
        Map<DecisionKind, List<Integer>> bytes = new LinkedHashMap<>();
        int kinds = (spec.models().sellers().isEmpty() ? 0 : 1)
                + (spec.models().buyers().isEmpty() ? 0 : 2);
        // Some steps ask nobody, or of one kind only; a hundred steps see every kind that is asked at all often.
        for (int tries = 0; tries < 100 && bytes.size() < kinds; tries++) {
            List<Asked> asked = scout.from(1);
            if (asked.isEmpty()) {
                break;
            }
            for (Asked one : asked) {
                Prompt prompt = prompts.of(one.question(), one.model());
                bytes.computeIfAbsent(one.question().kind(), any -> new ArrayList<>())
                        .add((prompt.system() + prompt.user()).getBytes(StandardCharsets.UTF_8).length);
            }
        }
        Map<DecisionKind, Double> sizes = new LinkedHashMap<>();
        bytes.forEach((kind, of) -> sizes.put(
                kind, of.stream().mapToInt(Integer::intValue).average().orElse(0) / BYTES_PER_TOKEN));
        return sizes;
    }
}
