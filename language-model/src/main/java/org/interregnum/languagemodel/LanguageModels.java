package org.interregnum.languagemodel;

/** Asks language models for decisions. Safe for any number of threads; each call of {@link #ask} takes one of them. */
public interface LanguageModels extends AutoCloseable {
    /**
     * Asks a model for one decision and waits for it, with what that takes: pauses, repetitions, one question to mend the
     * answer. Never throws for what an endpoint does.
     *
     * @param prompt what the model is told
     * @param form the form that its answer must have
     * @param options which model, where, and within which bounds
     * @param allowance what may be spent
     */
    <T> ModelReply<T> ask(Prompt prompt, AnswerForm<T> form, ModelOptions options, Allowance allowance);

    /** Gives back connections. */
    @Override
    default void close() {}
}
