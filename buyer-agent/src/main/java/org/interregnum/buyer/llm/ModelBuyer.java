package org.interregnum.buyer.llm;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.interregnum.languagemodel.Allowance;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelOptions;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptException;
import org.interregnum.languagemodel.wording.PromptKind;
import org.interregnum.languagemodel.wording.PromptLibrary;
import org.interregnum.languagemodel.wording.PromptWording;

/** A buyer that is a language model (MODEL.md, "LLM-driven buyers"). Remembers nothing; safe for threads. */
public final class ModelBuyer {
    private final LanguageModels models;
    private final PromptLibrary library;

    /**
     * A buyer.
     *
     * @param models asks the models
     * @param prompts the user's wordings of prompts, if any
     * @throws PromptException when that directory does not exist
     */
    public ModelBuyer(LanguageModels models, Optional<Path> prompts) {
        this.models = models;
        this.library = new PromptLibrary(ModelBuyer.class, prompts);
    }

    /**
     * What a model is told that is asked for an impression, without asking it.
     *
     * @param variant name of the prompt's wording; empty for the default
     * @throws PromptException when there is no such wording, or it cannot be used
     */
    public Prompt prompt(ImpressionSituation situation, String variant) {
        return ImpressionPrompt.of(situation, library.wording(ImpressionPrompt.KIND, variant));
    }

    /**
     * Refuses a wording that prompts cannot have.
     *
     * @param variant its name; empty for the default
     * @throws PromptException when there is no such wording, or it cannot be used
     */
    public void requireWording(String variant) {
        for (PromptKind kind : List.of(ImpressionPrompt.KIND, ChoicePrompt.KIND)) {
            PromptWording unused = library.wording(kind, variant);
        }
    }

    /**
     * What a model is told that is asked for a choice, without asking it.
     *
     * @param variant name of the prompt's wording; empty for the default
     * @throws PromptException when there is no such wording, or it cannot be used
     */
    public Prompt prompt(ChoiceSituation situation, String variant) {
        return ChoicePrompt.of(situation, library.wording(ChoicePrompt.KIND, variant));
    }

    /** Tells a model the situation and waits for its new impression of the current seller; throws as {@code prompt}. */
    public ModelReply<Impression> decide(
            ImpressionSituation situation, String variant, ModelOptions options, Allowance allowance) {
        return decideImpression(prompt(situation, variant), options, allowance);
    }

    /** Tells a model the situation and waits for the seller that it chooses; throws as {@code prompt}. */
    public ModelReply<ChoiceAnswer> decide(
            ChoiceSituation situation, String variant, ModelOptions options, Allowance allowance) {
        return decideChoice(prompt(situation, variant), situation.prices().length, options, allowance);
    }

    /** Tells a model what {@code prompt} gave, and waits for its new impression of the current seller. */
    public ModelReply<Impression> decideImpression(Prompt prompt, ModelOptions options, Allowance allowance) {
        return models.ask(prompt, ImpressionPrompt.FORM, options, allowance);
    }

    /**
     * Tells a model what {@code prompt} gave, and waits for the seller that it chooses.
     *
     * @param sellers number of sellers in the market
     */
    public ModelReply<ChoiceAnswer> decideChoice(
            Prompt prompt, int sellers, ModelOptions options, Allowance allowance) {
        return models.ask(prompt, new ChoiceForm(sellers), options, allowance);
    }
}
