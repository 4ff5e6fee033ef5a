package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.interregnum.buyer.llm.ModelBuyer;
import org.interregnum.languagemodel.Allowance;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelOptions;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptException;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.PricePremiums;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.seller.llm.ModelSeller;
import org.interregnum.standalone.InProcessModelAgents;
import org.interregnum.standalone.ModelSituations;

/** What models would be told. Asks nobody. */
final class ModelPrompts {
    private final ModelSeller seller;
    private final ModelBuyer buyer;

    /** @throws BadInputException when the folder with the user's wordings does not exist */
    ModelPrompts() {
        Optional<Path> folder = InProcessModelAgents.promptsOf(System.getenv());
        try {
            seller = new ModelSeller(new NoModels(), folder);
            buyer = new ModelBuyer(new NoModels(), folder);
        } catch (PromptException e) {
            throw new BadInputException(InProcessModelAgents.PROMPTS + ": " + e.getMessage());
        }
    }

    /** @throws BadInputException when the wording does not exist or cannot be used */
    Prompt of(ModelQuestion question, ModelSettings model) {
        String variant = model.promptVariant();
        try {
            if (question instanceof ModelQuestion.Price price) {
                return seller.prompt(ModelSituations.of(price), variant);
            }
            if (question instanceof ModelQuestion.OfImpression impression) {
                return buyer.prompt(ModelSituations.of(impression), variant);
            }
            return buyer.prompt(ModelSituations.of((ModelQuestion.Choice) question), variant);
        } catch (PromptException | ArithmeticException e) {
            throw BadInputException.about("--prompt", variant, e.getMessage());
        }
    }

    /**
     * Makes sure that this process has the wordings that its models are to be told in, before anything is spent.
     *
     * @throws BadInputException when one does not exist or cannot be used
     */
    static void requireWordings(ModelAssignment models) {
        boolean isAskedHere = Stream.concat(
                        models.sellers().stream().map(SellerRange::model),
                        models.buyers().stream().map(BuyerCohort::model))
                .anyMatch(model -> model.agent().isEmpty());
        if (!isAskedHere) {
            return;
        }
        ModelPrompts prompts = new ModelPrompts();
        double[] three = {0, 0, 0};
        for (SellerRange range : models.sellers()) {
            if (range.model().agent().isEmpty()) {
                PricePremiums premiums = new PricePremiums(three, three.length);
                prompts.of(
                        new ModelQuestion.Price(1, 0, three, three, premiums, 0, 0, Information.RESEARCH),
                        range.model());
            }
        }
        Impression[] neutral = {Impression.NEUTRAL, Impression.NEUTRAL, Impression.NEUTRAL};
        for (BuyerCohort cohort : models.buyers()) {
            if (cohort.model().agent().isEmpty()) {
                List.of(
                                new ModelQuestion.OfImpression(1, 0, three, three, 0, Impression.NEUTRAL),
                                new ModelQuestion.Choice(1, 0, three, three, 0, neutral))
                        .forEach(question -> prompts.of(question, cohort.model()));
            }
        }
    }

    private static final class NoModels implements LanguageModels {
        @Override
        public <T> ModelReply<T> ask(Prompt prompt, AnswerForm<T> form, ModelOptions options, Allowance allowance) {
            throw new IllegalStateException("prompts are only shown here");
        }
    }
}
