package org.interregnum.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;

/**
 * The form that a model's answer must have.
 *
 * @param <T> what an answer means
 */
public interface AnswerForm<T> {
    /** Name of the form, such as {@code price}; the JSON schema's name. */
    String name();

    /** The schema of the answer. Every property is required and no others are allowed. */
    JsonObjectSchema schema();

    /** The form in words, such as <code>{"reason": string, "price": number}</code>, for a model that is asked again. */
    String inWords();

    /**
     * Reads an answer, strictly: every property there, of the right type, in its range, and no others.
     *
     * @param answer the JSON object that the model answered
     * @throws UnfitAnswerException when it does not fit
     */
    T read(JsonNode answer) throws UnfitAnswerException;
}
