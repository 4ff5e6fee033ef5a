package org.interregnum.buyer.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.AnswerProperties;
import org.interregnum.languagemodel.UnfitAnswerException;

/** An answer that is an impression: one of five words, exactly. */
final class ImpressionForm implements AnswerForm<Impression> {
    private static final List<String> PROPERTIES = List.of("impression");

    private static final JsonObjectSchema SCHEMA = JsonObjectSchema.builder()
            .addEnumProperty("impression", Impression.words(), "the new impression of the seller")
            .required(PROPERTIES)
            .additionalProperties(false)
            .build();

    @Override
    public String name() {
        return "impression";
    }

    @Override
    public JsonObjectSchema schema() {
        return SCHEMA;
    }

    @Override
    public String inWords() {
        return "{\"impression\": \"" + String.join("|", Impression.words()) + "\"}";
    }

    @Override
    public Impression read(JsonNode answer) throws UnfitAnswerException {
        AnswerProperties.requireExactly(answer, PROPERTIES);
        String word = AnswerProperties.text(answer, "impression");
        return Impression.ofWord(word)
                .orElseThrow(() -> AnswerProperties.unfit(
                        "impression",
                        answer.get("impression"),
                        "must be one of " + String.join(", ", Impression.words())));
    }
}
