package org.interregnum.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What tests ask: a prompt, a form with one number, and options that a test changes one by one. */
final class Asked {
    static final Prompt PROMPT = new Prompt("plain", "00", "You sell.", "What is your price?");

    static final AnswerForm<Double> PRICE = new AnswerForm<>() {
        @Override
        public String name() {
            return "price";
        }

        @Override
        public JsonObjectSchema schema() {
            return JsonObjectSchema.builder()
                    .addNumberProperty("price")
                    .required("price")
                    .additionalProperties(false)
                    .build();
        }

        @Override
        public String inWords() {
            return "{\"price\": number}";
        }

        @Override
        public Double read(JsonNode answer) throws UnfitAnswerException {
            if (!answer.path("price").isNumber()) {
                throw new UnfitAnswerException("has no 'price'");
            }
            return answer.get("price").doubleValue();
        }
    };

    /** Pauses that a test need not wait for; the rest as in use. */
    static final Pacing QUICK = new Pacing(
            Duration.ofMillis(10), Duration.ofMillis(200), 6, 10, Duration.ofSeconds(5), 20, Duration.ofSeconds(5));

    private Asked() {}

    static BoundedLanguageModels models(Pacing pacing) {
        return new BoundedLanguageModels(endpoint -> Optional.empty(), pacing);
    }

    static BoundedLanguageModels models() {
        return models(QUICK);
    }

    static BoundedLanguageModels modelsWithKey(String key) {
        return new BoundedLanguageModels(new EnvironmentKeys(Map.of(EnvironmentKeys.variableOf("shop"), key)), QUICK);
    }

    static Options options(ModelServer server) {
        return new Options(server.url());
    }

    /** Options, valid by default. */
    static final class Options {
        private final String url;
        private Provider provider = Provider.OPENAI;
        private Double temperature;
        private StructuredOutput structured = StructuredOutput.JSON_SCHEMA;
        private int callsInFlight = 8;
        private Duration callTimeout = Duration.ofSeconds(10);
        private Duration deadline = Duration.ofSeconds(20);

        Options(String url) {
            this.url = url;
        }

        Options provider(Provider value) {
            provider = value;
            return this;
        }

        Options temperature(double value) {
            temperature = value;
            return this;
        }

        Options structured(StructuredOutput value) {
            structured = value;
            return this;
        }

        Options callsInFlight(int value) {
            callsInFlight = value;
            return this;
        }

        Options callTimeout(Duration value) {
            callTimeout = value;
            return this;
        }

        Options deadline(Duration value) {
            deadline = value;
            return this;
        }

        ModelOptions build() {
            return new ModelOptions(
                    "shop",
                    provider,
                    url,
                    "asked-model",
                    temperature,
                    structured,
                    200,
                    callsInFlight,
                    callTimeout,
                    deadline);
        }
    }

    static ModelReply<Double> ask(LanguageModels models, Options options) {
        return models.ask(PROMPT, PRICE, options.build(), Allowance.UNLIMITED);
    }
}
