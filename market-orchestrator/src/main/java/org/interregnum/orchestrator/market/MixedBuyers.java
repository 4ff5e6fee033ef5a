package org.interregnum.orchestrator.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketState;

/**
 * The buyers of one step of a market in which some of them are models: who acts by the rule, who as a model, and what the
 * two together chose.
 */
final class MixedBuyers {
    private final boolean[] isModel;
    private final int[] models;
    private final boolean modelsActEveryStep;
    private final int[] acting;
    private final int[] rule;
    private final int[] model;
    private int actingCount;
    private int ruleCount;
    private int modelCount;

    /** @param models the buyers that are models, ascending */
    MixedBuyers(int buyers, int[] models, boolean modelsActEveryStep) {
        this.models = models;
        this.modelsActEveryStep = modelsActEveryStep;
        isModel = new boolean[buyers];
        for (int buyer : models) {
            isModel[buyer] = true;
        }
        acting = new int[buyers];
        rule = new int[buyers];
        model = new int[models.length];
    }

    /** Sorts the buyers drawn as active by who decides for them, and adds models that act in every step. */
    void sort(int[] active, int activeCount) {
        ruleCount = 0;
        modelCount = 0;
        for (int i = 0; i < activeCount; i++) {
            if (!isModel[active[i]]) {
                rule[ruleCount++] = active[i];
            } else if (!modelsActEveryStep) {
                model[modelCount++] = active[i];
            }
        }
        if (modelsActEveryStep) {
            System.arraycopy(models, 0, model, 0, models.length);
            modelCount = models.length;
        }
        merge();
    }

    private void merge() {
        actingCount = 0;
        int r = 0;
        int m = 0;
        while (r < ruleCount || m < modelCount) {
            boolean takesRule = m == modelCount || (r < ruleCount && rule[r] < model[m]);
            acting[actingCount++] = takesRule ? rule[r++] : model[m++];
        }
    }

    /** All buyers that act, ascending, in the first {@link #actingCount} elements. */
    int[] acting() {
        return acting;
    }

    int actingCount() {
        return actingCount;
    }

    /** The buyers that act by the rule, ascending, in the first {@link #ruleCount} elements. */
    int[] rule() {
        return rule;
    }

    int ruleCount() {
        return ruleCount;
    }

    /** The buyers that act as models, ascending. */
    int[] models() {
        return Arrays.copyOf(model, modelCount);
    }

    /**
     * Puts the choices of both together, in the order of {@link #acting}.
     *
     * @param ruleChoices choices of the buyers that follow the rule, in their order
     * @param decisions decisions of the models, in their order
     * @param choices receives the choices; may be {@code ruleChoices}
     */
    void combine(int[] ruleChoices, List<ModelBuyerDecision> decisions, int[] choices) {
        // From behind, so that no choice of a rule is overwritten before it is moved.
        int r = ruleCount - 1;
        int m = modelCount - 1;
        for (int i = actingCount - 1; i >= 0; i--) {
            choices[i] = isModel[acting[i]] ? decisions.get(m--).choice() : ruleChoices[r--];
        }
    }

    /** What the models' decisions change besides their choices. */
    static ModelBuyerChanges changes(List<ModelBuyerDecision> decisions, MarketState state) {
        List<ModelBuyerDecision> changed = decisions.stream()
                .filter(decision -> decision.impression() != null
                        && decision.impression()
                                != state.impressions().of(decision.buyer(), state.choices()[decision.buyer()]))
                .toList();
        return new ModelBuyerChanges(
                changed.stream().mapToInt(ModelBuyerDecision::buyer).toArray(),
                changed.stream().map(ModelBuyerDecision::impression).toArray(Impression[]::new),
                deciders(decisions));
    }

    private static List<BuyerDecisions> deciders(List<ModelBuyerDecision> decisions) {
        Map<Decided, List<Integer>> buyers = new LinkedHashMap<>();
        for (ModelBuyerDecision decision : decisions) {
            if (decision.impressionDecider() != null) {
                buyers.computeIfAbsent(
                                new Decided(DecisionKind.IMPRESSION, decision.impressionDecider()),
                                decided -> new ArrayList<>())
                        .add(decision.buyer());
            }
            buyers.computeIfAbsent(
                            new Decided(DecisionKind.CHOICE, decision.choiceDecider()), decided -> new ArrayList<>())
                    .add(decision.buyer());
        }
        List<BuyerDecisions> deciders = new ArrayList<>();
        buyers.forEach((decided, of) -> deciders.add(new BuyerDecisions(
                decided.kind(),
                decided.decider(),
                of.stream().mapToInt(Integer::intValue).toArray())));
        return deciders;
    }

    private record Decided(DecisionKind kind, Decider decider) {}
}
