package org.interregnum.seller.llm;

import java.nio.file.Path;
import java.util.Optional;
import org.interregnum.languagemodel.Allowance;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelOptions;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptException;
import org.interregnum.languagemodel.wording.PromptLibrary;
import org.interregnum.languagemodel.wording.PromptWording;

/** A seller that is a language model (MODEL.md, "LLM-driven sellers"). Remembers nothing; safe for threads. */
public final class ModelSeller {
    private final LanguageModels models;
    private final PromptLibrary library;

    /**
     * A seller.
     *
     * @param models asks the models
     * @param prompts the user's wordings of prompts, if any
     * @throws PromptException when that directory does not exist
     */
    public ModelSeller(LanguageModels models, Optional<Path> prompts) {
        this.models = models;
        this.library = new PromptLibrary(ModelSeller.class, prompts);
    }

    /**
     * What a model is told, without asking it.
     *
     * @param variant name of the prompt's wording; empty for the default
     * @throws PromptException when there is no such wording, or it cannot be used
     * @throws ArithmeticException when the premiums are so large that a statistic of them is not finite
     */
    public Prompt prompt(PricingSituation situation, String variant) {
        return PricePrompt.of(situation, wording(variant));
    }

    /**
     * Refuses a wording that no prompt can have.
     *
     * @param variant its name; empty for the default
     * @throws PromptException when there is no such wording, or it cannot be used
     */
    public void requireWording(String variant) {
        PromptWording unused = wording(variant);
    }

    private PromptWording wording(String variant) {
        return library.wording(PricePrompt.KIND, variant);
    }

    /** Tells a model the situation and waits for the price that it decides; throws as {@link #prompt} does. */
    public ModelReply<PriceAnswer> decide(
            PricingSituation situation, String variant, ModelOptions options, Allowance allowance) {
        return decide(prompt(situation, variant), options, allowance);
    }

    /** Tells a model what {@link #prompt} gave, and waits for the price that it decides. */
    public ModelReply<PriceAnswer> decide(Prompt prompt, ModelOptions options, Allowance allowance) {
        return models.ask(prompt, PriceAnswer.FORM, options, allowance);
    }
}
