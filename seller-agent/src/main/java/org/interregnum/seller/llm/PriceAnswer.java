package org.interregnum.seller.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.AnswerProperties;
import org.interregnum.languagemodel.UnfitAnswerException;

/**
 * The price that a model decided.
 *
 * @param reason why, in its own words
 * @param price the new price, at least 0
 */
public record PriceAnswer(String reason, double price) {
    /** The form that the answer must have. A negative price is read as 0, as the market floors every price. */
    public static final AnswerForm<PriceAnswer> FORM = new PriceForm();

    private static final class PriceForm implements AnswerForm<PriceAnswer> {
        private static final List<String> PROPERTIES = List.of("reason", "price");
        private static final double HIGHEST = 1e9;

        private static final JsonObjectSchema SCHEMA = JsonObjectSchema.builder()
                .addStringProperty("reason", "why this price, in one or two sentences")
                .addNumberProperty("price", "the new price, at least 0")
                .required(PROPERTIES)
                .additionalProperties(false)
                .build();

        @Override
        public String name() {
            return "price";
        }

        @Override
        public JsonObjectSchema schema() {
            return SCHEMA;
        }

        @Override
        public String inWords() {
            return "{\"reason\": string, \"price\": number}";
        }

        @Override
        public PriceAnswer read(JsonNode answer) throws UnfitAnswerException {
            AnswerProperties.requireExactly(answer, PROPERTIES);
            String reason = AnswerProperties.text(answer, "reason");
            JsonNode price = answer.get("price");
            if (!price.isNumber()) {
                throw AnswerProperties.unfit("price", price, "must be a number");
            }
            double value = price.doubleValue();
            if (!Double.isFinite(value) || value > HIGHEST) {
                throw AnswerProperties.unfit("price", price, "must be a finite number of at most 1000000000");
            }
            return new PriceAnswer(reason, value > 0 ? value : 0.0);
        }
    }
}
