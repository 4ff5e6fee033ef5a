package org.interregnum.standalone;

import java.util.Arrays;
import org.interregnum.buyer.llm.ChoiceSituation;
import org.interregnum.buyer.llm.ImpressionSituation;
import org.interregnum.languagemodel.Provider;
import org.interregnum.languagemodel.StructuredOutput;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.seller.llm.Information;
import org.interregnum.seller.llm.PricingSituation;

/** The orchestrator's questions in the terms of the agents' classes, which do not know it. */
public final class ModelSituations {
    private ModelSituations() {}

    /** A seller's situation. */
    public static PricingSituation of(ModelQuestion.Price question) {
        return new PricingSituation(
                question.step(),
                question.subject(),
                question.prices(),
                question.shares(),
                question.premiums().values(),
                question.premiums().count(),
                question.unitCost(),
                question.costCap(),
                Information.valueOf(question.information().name()));
    }

    /** The situation of a buyer that is asked for an impression. */
    public static ImpressionSituation of(ModelQuestion.OfImpression question) {
        return new ImpressionSituation(
                question.prices(), question.shares(), question.currentSeller(), of(question.impression()));
    }

    /** The situation of a buyer that chooses. */
    public static ChoiceSituation of(ModelQuestion.Choice question) {
        return new ChoiceSituation(
                question.prices(),
                question.shares(),
                Arrays.stream(question.impressions()).map(ModelSituations::of).toList());
    }

    private static org.interregnum.buyer.llm.Impression of(Impression impression) {
        return org.interregnum.buyer.llm.Impression.valueOf(impression.name());
    }

    static Impression of(org.interregnum.buyer.llm.Impression impression) {
        return Impression.valueOf(impression.name());
    }

    static org.interregnum.languagemodel.ModelOptions options(ModelSettings model) {
        return new org.interregnum.languagemodel.ModelOptions(
                model.endpoint(),
                Provider.valueOf(model.provider().name()),
                model.baseUrl(),
                model.model(),
                model.temperature(),
                StructuredOutput.valueOf(model.structured().name()),
                model.maxOutputTokens(),
                model.callsInFlight(),
                model.callTimeout(),
                model.deadline());
    }

    static org.interregnum.languagemodel.Allowance allowance(Allowance allowance, ModelSettings model) {
        return new org.interregnum.languagemodel.Allowance(
                allowance.calls(),
                allowance.tokens(),
                allowance.cost(),
                model.isPriced() ? model.inputPrice() : 0,
                model.isPriced() ? model.outputPrice() : 0);
    }
}
