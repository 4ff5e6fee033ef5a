package org.interregnum.orchestrator.adapter.grpc;

import java.util.Arrays;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.agent.v1.UpdateImpressionRequest;
import org.interregnum.orchestrator.adapter.protobuf.ContractEnum;
import org.interregnum.orchestrator.adapter.protobuf.ModelOptionsMessages;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.PricePremiums;

/** Questions to models as generated messages. */
final class ModelQuestionMessages {
    /** Name of the strategy that asks models. */
    static final String STRATEGY = "llm";

    private ModelQuestionMessages() {}

    static PackedRequest<DecidePriceRequest> price(String runId, ModelQuestion.Price question, ModelOptions model) {
        DecidePriceRequest head = DecidePriceRequest.newBuilder()
                .setRunId(runId)
                .setStep(question.step())
                .setSeller(question.subject())
                .setMarket(GrpcSellerAgents.view(question.prices(), question.shares()))
                .setUnitCost(question.unitCost())
                .setCostCap(question.costCap())
                .setStrategy(STRATEGY)
                .setModel(model)
                .setInformation(ContractEnum.INFORMATION.encode(question.information()))
                .build();
        PricePremiums premiums = question.premiums();
        return new PackedRequest<>(head, Arrays.copyOf(premiums.values(), premiums.count()));
    }

    static UpdateImpressionRequest impression(String runId, ModelQuestion.OfImpression question, ModelOptions model) {
        return UpdateImpressionRequest.newBuilder()
                .setRunId(runId)
                .setStep(question.step())
                .setMarket(GrpcSellerAgents.view(question.prices(), question.shares()))
                .setBuyer(question.subject())
                .setCurrentSeller(question.currentSeller())
                .setImpression(ContractEnum.IMPRESSION.encode(question.impression()))
                .setStrategy(STRATEGY)
                .setModel(model)
                .build();
    }

    static ChooseSellerRequest choice(String runId, ModelQuestion.Choice question, ModelOptions model) {
        ChooseSellerRequest.Builder request = ChooseSellerRequest.newBuilder()
                .setRunId(runId)
                .setStep(question.step())
                .setMarket(GrpcSellerAgents.view(question.prices(), question.shares()))
                .setBuyer(question.subject())
                .setCurrentSeller(question.currentSeller())
                .setStrategy(STRATEGY)
                .setModel(model);
        for (Impression impression : question.impressions()) {
            request.addImpressions(ContractEnum.IMPRESSION.encode(impression));
        }
        return request.build();
    }

    /** A price that is not known is 0 here: nobody limits what it would count. */
    static ModelOptions options(ModelSettings settings, Allowance allowance) {
        ModelOptions.Builder options = ModelOptionsMessages.toOptions(settings);
        var limits = options.getAllowanceBuilder();
        if (allowance.calls() != Long.MAX_VALUE) {
            limits.setCalls(allowance.calls());
        }
        if (allowance.tokens() != Long.MAX_VALUE) {
            limits.setTokens(allowance.tokens());
        }
        if (allowance.cost() != Double.POSITIVE_INFINITY) {
            limits.setCost(allowance.cost());
        }
        if (!Double.isNaN(settings.inputPrice())) {
            limits.setInputPrice(settings.inputPrice());
        }
        if (!Double.isNaN(settings.outputPrice())) {
            limits.setOutputPrice(settings.outputPrice());
        }
        return options.build();
    }
}
