package org.interregnum.seller.grpc;

import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import org.interregnum.agent.InvalidRequestException;
import org.interregnum.agent.UnmetRequestException;
import org.interregnum.agent.server.LongCalls;
import org.interregnum.agent.server.PermittedUrls;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wire.ModelReports;
import org.interregnum.languagemodel.wire.RequestedModel;
import org.interregnum.languagemodel.wording.PromptException;
import org.interregnum.seller.llm.Information;
import org.interregnum.seller.llm.ModelSeller;
import org.interregnum.seller.llm.PriceAnswer;
import org.interregnum.seller.llm.PricingSituation;

/** Prices that models decide, by the contract. */
@Singleton
final class ModelPricing {
    private final ModelSeller seller;
    private final PermittedUrls urls;
    private final LongCalls calls = new LongCalls();

    ModelPricing(LanguageModels models, SellerAgentSettings settings) {
        seller = new ModelSeller(models, settings.prompts());
        urls = new PermittedUrls(settings.endpointUrls().orElse(List.of()));
    }

    /** Those under way, which whoever stops the agent waits for. */
    LongCalls calls() {
        return calls;
    }

    @PreDestroy
    void close() {
        calls.close();
    }

    /** Refuses a model that would not be asked; asks nobody. */
    void require(ModelOptions wanted) {
        RequestedModel model = RequestedModel.of(true, wanted);
        urls.require(model.options().baseUrl());
        try {
            seller.requireWording(model.variant());
        } catch (PromptException e) {
            throw new UnmetRequestException(e.getMessage());
        }
    }

    /** Answers a request whose situation is sound. */
    void decide(DecidePriceRequest request, double[] premiums, StreamObserver<DecidePriceResponse> answer) {
        RequestedModel model = RequestedModel.of(request.hasModel(), request.getModel());
        PricingSituation situation = situation(request, premiums);
        urls.require(model.options().baseUrl());
        calls.answer(answer, request.getRunId(), request.getStep(), () -> decide(situation, model));
    }

    private static PricingSituation situation(DecidePriceRequest request, double[] premiums) {
        MarketView market = request.getMarket();
        return new PricingSituation(
                request.getStep(),
                request.getSeller(),
                market.getPricesList().stream().mapToDouble(Double::doubleValue).toArray(),
                market.getSharesList().stream().mapToDouble(Double::doubleValue).toArray(),
                premiums,
                premiums.length,
                request.getUnitCost(),
                request.getCostCap(),
                information(request));
    }

    private static Information information(DecidePriceRequest request) {
        return switch (request.getInformation()) {
            case INFORMATION_UNSPECIFIED, INFORMATION_RESEARCH -> Information.RESEARCH;
            case INFORMATION_PRICE_ONLY -> Information.PRICE_ONLY;
            case UNRECOGNIZED ->
                throw new InvalidRequestException("information is " + request.getInformationValue()
                        + "; it must be one of the contract's conditions");
        };
    }

    private DecidePriceResponse decide(PricingSituation situation, RequestedModel model) {
        Prompt prompt = prompt(situation, model.variant());
        ModelReply<PriceAnswer> reply = seller.decide(prompt, model.options(), model.allowance());
        double held = situation.prices()[situation.seller()];
        return DecidePriceResponse.newBuilder()
                .setPrice(reply.value().map(PriceAnswer::price).orElse(held))
                .setOutcome(ModelReports.outcome(reply))
                .setReason(reply.reason())
                .setReport(ModelReports.report(
                        prompt, reply, reply.value().map(PriceAnswer::reason).orElse("")))
                .build();
    }

    private Prompt prompt(PricingSituation situation, String variant) {
        try {
            return seller.prompt(situation, variant);
        } catch (PromptException e) {
            throw new UnmetRequestException(e.getMessage());
        } catch (ArithmeticException e) {
            throw new InvalidRequestException(e.getMessage());
        }
    }
}
