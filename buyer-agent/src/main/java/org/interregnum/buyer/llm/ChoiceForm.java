package org.interregnum.buyer.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.AnswerProperties;
import org.interregnum.languagemodel.UnfitAnswerException;

/**
 * An answer that is a choice among the sellers of a market.
 *
 * @param sellers number of sellers
 */
record ChoiceForm(int sellers) implements AnswerForm<ChoiceAnswer> {
    private static final List<String> PROPERTIES = List.of("reason", "seller");

    private static final JsonObjectSchema SCHEMA = JsonObjectSchema.builder()
            .addStringProperty("reason", "why this choice, in one or two sentences")
            .addIntegerProperty("seller", "the number of the seller chosen, -1 for none")
            .required(PROPERTIES)
            .additionalProperties(false)
            .build();

    @Override
    public String name() {
        return "choice";
    }

    @Override
    public JsonObjectSchema schema() {
        return SCHEMA;
    }

    @Override
    public String inWords() {
        return "{\"reason\": string, \"seller\": integer}";
    }

    @Override
    public ChoiceAnswer read(JsonNode answer) throws UnfitAnswerException {
        AnswerProperties.requireExactly(answer, PROPERTIES);
        String reason = AnswerProperties.text(answer, "reason");
        JsonNode seller = answer.get("seller");
        // JSON has one kind of number: 3.0 is the integer 3, as it is for JSON Schema.
        if (!seller.isNumber() || !seller.canConvertToExactIntegral()) {
            throw AnswerProperties.unfit("seller", seller, "must be an integer");
        }
        if (!seller.canConvertToInt() || seller.intValue() < ChoiceAnswer.NONE || seller.intValue() >= sellers) {
            throw AnswerProperties.unfit(
                    "seller", seller, "must be from 0 to " + (sellers - 1) + ", or " + ChoiceAnswer.NONE + " for none");
        }
        return new ChoiceAnswer(reason, seller.intValue());
    }
}
