package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is on the wire, for each provider and each way to make it answer in JSON. */
class WireTest {
    private static final String STRICT_SCHEMA = "{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\"}},"
            + "\"required\":[\"price\"],\"additionalProperties\":false}";

    private final ModelServer server = new ModelServer();
    private final BoundedLanguageModels models = Asked.models();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSendTheSchemaStrictlyToOpenAi() {
        ModelServer.Request request = sent(Asked.options(server).temperature(0.25));

        assertThat(request.path()).isEqualTo("/chat/completions");
        assertThat(request.body().at("/response_format/type").asText()).isEqualTo("json_schema");
        assertThat(request.body().at("/response_format/json_schema/name").asText())
                .isEqualTo("price");
        assertThat(request.body().at("/response_format/json_schema/strict").asBoolean())
                .isTrue();
        assertThat(request.body().at("/response_format/json_schema/schema").toString())
                .isEqualTo(STRICT_SCHEMA);
        assertThat(request.body().get("model").asText()).isEqualTo("asked-model");
        assertThat(request.body().get("temperature").asDouble()).isEqualTo(0.25);
        assertThat(request.body().get("max_tokens").asInt()).isEqualTo(200);
        assertThat(request.body().has("max_completion_tokens")).isFalse();
        assertThat(request.header("Authorization")).isNull();
    }

    @Test
    void shouldSendOtherFormatsToOpenAi() {
        JsonNode object = sent(Asked.options(server).structured(StructuredOutput.JSON_OBJECT))
                .body();
        JsonNode none =
                sent(Asked.options(server).structured(StructuredOutput.NONE)).body();

        assertThat(object.get("response_format").toString()).isEqualTo("{\"type\":\"json_object\"}");
        assertThat(none.has("response_format")).isFalse();
        assertThat(none.has("temperature")).isFalse();
    }

    @Test
    void shouldNameTheLimitOfTokensAsOpenAiItselfWantsIt() {
        // Its server cannot be asked here; one whose path looks like it, and whose host does not, is another.
        Asked.Options itself = new Asked.Options("https://api.openai.com/v1");
        Asked.Options other = new Asked.Options("https://api.openai.com.example.org/v1");

        assertThat(Question.first(Asked.PROMPT, Asked.PRICE, itself.build())
                        .request()
                        .parameters())
                .hasFieldOrPropertyWithValue("maxCompletionTokens", 200)
                .hasFieldOrPropertyWithValue("maxOutputTokens", null);
        assertThat(Question.first(Asked.PROMPT, Asked.PRICE, other.build())
                        .request()
                        .parameters()
                        .maxOutputTokens())
                .isEqualTo(200);
    }

    @Test
    void shouldSpeakWithAnthropic() {
        String answer = "{\"id\": \"m1\", \"type\": \"message\", \"role\": \"assistant\", \"model\": \"served\","
                + " \"content\": [{\"type\": \"text\", \"text\": \"{\\\"price\\\": 4}\"}],"
                + " \"stop_reason\": \"end_turn\", \"stop_sequence\": null,"
                + " \"usage\": {\"input_tokens\": 20, \"output_tokens\": 5}}";
        server.otherwise(ModelServer.body(200, answer));
        Asked.Options options = Asked.options(server).provider(Provider.ANTHROPIC);

        ModelReply<Double> reply = Asked.ask(models, options);
        ModelServer.Request request = server.requests().get(0);

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.value()).contains(4.0);
        assertThat(reply.chargedTokens()).isEqualTo(25);
        assertThat(reply.calls().get(0).model()).isEqualTo("served");
        assertThat(request.path()).isEqualTo("/messages");
        assertThat(request.header("x-api-key")).isNull();
        assertThat(request.header("anthropic-version")).isNotBlank();
        assertThat(request.body().get("max_tokens").asInt()).isEqualTo(200);
        assertThat(request.body().at("/system/0/text").asText()).isEqualTo("You sell.");
        assertThat(request.body().at("/output_config/format/schema").toString()).isEqualTo(STRICT_SCHEMA);
        assertThat(sent(options.structured(StructuredOutput.JSON_OBJECT)).body().has("output_config"))
                .isFalse();
    }

    @Test
    void shouldSpeakWithOllama() {
        String answer = "{\"model\": \"served\", \"created_at\": \"2026-01-01T00:00:00.0Z\", \"done\": true,"
                + " \"message\": {\"role\": \"assistant\", \"content\": \"{\\\"price\\\": 4}\"},"
                + " \"done_reason\": \"stop\", \"total_duration\": 5, \"load_duration\": 1,"
                + " \"prompt_eval_count\": 20, \"prompt_eval_duration\": 1, \"eval_count\": 5, \"eval_duration\": 2}";
        server.otherwise(ModelServer.body(200, answer));
        Asked.Options options = Asked.options(server).provider(Provider.OLLAMA);

        ModelReply<Double> reply = Asked.ask(models, options);
        JsonNode body = server.requests().get(0).body();

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.chargedTokens()).isEqualTo(25);
        assertThat(reply.calls().get(0).model()).isEqualTo("served");
        assertThat(server.requests().get(0).path()).isEqualTo("/api/chat");
        assertThat(body.get("stream").asBoolean()).isFalse();
        assertThat(body.at("/options/num_predict").asInt()).isEqualTo(200);
        assertThat(body.at("/format/properties/price/type").asText()).isEqualTo("number");
        assertThat(sent(options.structured(StructuredOutput.JSON_OBJECT))
                        .body()
                        .get("format")
                        .asText())
                .isEqualTo("json");
        assertThat(sent(options.structured(StructuredOutput.NONE))
                        .body()
                        .path("format")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void shouldReadAnAnswerThatBeginsWithAByteOrderMark() {
        server.then(ModelServer.body(
                200, "\uFEFF" + ModelServer.answer("{\"price\": 4}").body()));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.value()).contains(4.0);
        assertThat(reply.calls()).hasSize(1);
    }

    private ModelServer.Request sent(Asked.Options options) {
        assertThat(Asked.ask(models, options).ending()).isEqualTo(Ending.ANSWERED);
        return server.requests().get(server.requests().size() - 1);
    }
}
