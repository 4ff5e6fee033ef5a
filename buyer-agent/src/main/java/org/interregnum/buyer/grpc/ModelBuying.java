package org.interregnum.buyer.grpc;

import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.interregnum.agent.UnmetRequestException;
import org.interregnum.agent.server.LongCalls;
import org.interregnum.agent.server.PermittedUrls;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.ChooseSellerResponse;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.agent.v1.UpdateImpressionRequest;
import org.interregnum.agent.v1.UpdateImpressionResponse;
import org.interregnum.buyer.llm.ChoiceAnswer;
import org.interregnum.buyer.llm.ChoiceSituation;
import org.interregnum.buyer.llm.Impression;
import org.interregnum.buyer.llm.ImpressionSituation;
import org.interregnum.buyer.llm.ModelBuyer;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wire.ModelReports;
import org.interregnum.languagemodel.wire.RequestedModel;
import org.interregnum.languagemodel.wording.PromptException;

/** Impressions and choices that models decide, by the contract. */
@Singleton
final class ModelBuying {
    private final ModelBuyer buyer;
    private final PermittedUrls urls;
    private final LongCalls calls = new LongCalls();

    ModelBuying(LanguageModels models, BuyerAgentSettings settings) {
        buyer = new ModelBuyer(models, settings.prompts());
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
            buyer.requireWording(model.variant());
        } catch (PromptException e) {
            throw new UnmetRequestException(e.getMessage());
        }
    }

    void updateImpression(UpdateImpressionRequest request, StreamObserver<UpdateImpressionResponse> answer) {
        ImpressionSituation situation = ModelQuestions.situation(request);
        RequestedModel model = RequestedModel.of(request.hasModel(), request.getModel());
        urls.require(model.options().baseUrl());
        calls.answer(answer, request.getRunId(), request.getStep(), () -> impression(situation, model));
    }

    void chooseSeller(ChooseSellerRequest request, StreamObserver<ChooseSellerResponse> answer) {
        ChoiceSituation situation = ModelQuestions.situation(request);
        RequestedModel model = RequestedModel.of(request.hasModel(), request.getModel());
        urls.require(model.options().baseUrl());
        int current = request.getCurrentSeller();
        calls.answer(answer, request.getRunId(), request.getStep(), () -> choice(situation, current, model));
    }

    private UpdateImpressionResponse impression(ImpressionSituation situation, RequestedModel model) {
        Prompt prompt = prompt(() -> buyer.prompt(situation, model.variant()));
        ModelReply<Impression> reply = buyer.decideImpression(prompt, model.options(), model.allowance());
        return UpdateImpressionResponse.newBuilder()
                .setImpression(ModelQuestions.message(reply.value().orElse(situation.impression())))
                .setOutcome(ModelReports.outcome(reply))
                .setReason(reply.reason())
                .setReport(ModelReports.report(prompt, reply, ""))
                .build();
    }

    private ChooseSellerResponse choice(ChoiceSituation situation, int current, RequestedModel model) {
        Prompt prompt = prompt(() -> buyer.prompt(situation, model.variant()));
        ModelReply<ChoiceAnswer> reply =
                buyer.decideChoice(prompt, situation.prices().length, model.options(), model.allowance());
        return ChooseSellerResponse.newBuilder()
                .setChoice(reply.value().map(ChoiceAnswer::seller).orElse(current))
                .setOutcome(ModelReports.outcome(reply))
                .setReason(reply.reason())
                .setReport(ModelReports.report(
                        prompt, reply, reply.value().map(ChoiceAnswer::reason).orElse("")))
                .build();
    }

    private static Prompt prompt(Supplier<Prompt> wording) {
        try {
            return wording.get();
        } catch (PromptException e) {
            throw new UnmetRequestException(e.getMessage());
        }
    }
}
