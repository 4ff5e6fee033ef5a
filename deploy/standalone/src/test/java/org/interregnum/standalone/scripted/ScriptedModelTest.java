package org.interregnum.standalone.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.interregnum.standalone.scripted.ScriptedQuestions.CLIENT;
import static org.interregnum.standalone.scripted.ScriptedQuestions.JSON;
import static org.interregnum.standalone.scripted.ScriptedQuestions.SELLERS;
import static org.interregnum.standalone.scripted.ScriptedQuestions.always;
import static org.interregnum.standalone.scripted.ScriptedQuestions.ask;
import static org.interregnum.standalone.scripted.ScriptedQuestions.post;
import static org.interregnum.standalone.scripted.ScriptedQuestions.request;
import static org.interregnum.standalone.scripted.ScriptedQuestions.start;
import static org.interregnum.standalone.scripted.ScriptedQuestions.uri;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScriptedModelTest {
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/chat/completions"})
    void shouldAnswerAsTheProtocolHasIt(String path) throws Exception {
        try (ScriptedModel model = start(ScriptedModelOptions.PLAIN)) {
            HttpResponse<String> response = post(model, path, request("price", SELLERS));
            JsonNode completion = JSON.readTree(response.body());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(completion.get("id").textValue()).startsWith("chatcmpl-");
            assertThat(completion.get("object").textValue()).isEqualTo("chat.completion");
            assertThat(completion.get("created").longValue()).isCloseTo(System.currentTimeMillis() / 1000, within(60L));
            assertThat(completion.get("model").textValue()).isEqualTo("scripted");
            assertThat(completion.get("system_fingerprint").textValue()).isEqualTo("scripted");
            JsonNode choice = completion.get("choices").get(0);
            assertThat(choice.get("finish_reason").textValue()).isEqualTo("stop");
            assertThat(choice.get("message").get("role").textValue()).isEqualTo("assistant");
            JsonNode usage = completion.get("usage");
            assertThat(usage.get("prompt_tokens").intValue()).isEqualTo((("be brief\n" + SELLERS).length() + 3) / 4);
            assertThat(usage.get("total_tokens").intValue())
                    .isEqualTo(usage.get("prompt_tokens").intValue()
                            + usage.get("completion_tokens").intValue());
            assertThat(model.requests()).isEqualTo(1);
            assertThat(model.answers(AnswerKind.RIGHT)).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerInTheFormAskedFor() throws Exception {
        try (ScriptedModel model = start(ScriptedModelOptions.PLAIN)) {
            assertThat(JSON.readTree(ask(model, request("price", SELLERS))).fieldNames())
                    .toIterable()
                    .containsExactly("reason", "price");
            assertThat(JSON.readTree(ask(model, request("impression", SELLERS))).fieldNames())
                    .toIterable()
                    .containsExactly("impression");
            assertThat(JSON.readTree(ask(model, request("choice", SELLERS)))
                            .get("seller")
                            .intValue())
                    .isZero();
            assertThat(ask(model, request("", SELLERS + "\nAnswer with {\"reason\": \"...\", \"seller\": 1}")))
                    .contains("\"seller\":0");
            assertThat(ask(model, request("", "How are you?"))).startsWith("I answer by rules");
        }
    }

    @Test
    void shouldAnswerTheSameTextTheSame() throws Exception {
        try (ScriptedModel first = start(ScriptedModelOptions.PLAIN);
                ScriptedModel second = start(ScriptedModelOptions.PLAIN.withSeed(2))) {
            for (String text : List.of("anything", SELLERS)) {
                String answer = ask(first, request("price", text));

                assertThat(ask(first, request("price", text))).isEqualTo(answer);
                assertThat(ask(second, request("price", text))).isEqualTo(answer);
            }
        }
    }

    @Test
    void shouldTakeItsTimeWithoutAThreadForEachAnswer() {
        int requests = 500;
        Duration latency = Duration.ofMillis(200);
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        try (ScriptedModel model = start(ScriptedModelOptions.PLAIN.withLatency(latency))) {
            List<CompletableFuture<Duration>> answers = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                long sent = System.nanoTime();
                answers.add(CLIENT.sendAsync(
                                post(uri(model, "/v1/chat/completions"), request("price", SELLERS)),
                                BodyHandlers.ofString())
                        .thenApply(response -> {
                            assertThat(response.statusCode()).isEqualTo(200);
                            return Duration.ofNanos(System.nanoTime() - sent);
                        }));
            }
            int threads = ManagementFactory.getThreadMXBean().getThreadCount() - before;

            assertThat(answers.stream().map(CompletableFuture::join))
                    .allSatisfy(taken -> assertThat(taken).isGreaterThanOrEqualTo(latency));
            assertThat(threads).isLessThan(100);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|the body",
                "[]|the body",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}|model",
                "{\"model\": \"m\"}|messages",
                "{\"model\": \"m\", \"messages\": []}|messages",
                "{\"model\": \"m\", \"messages\": [{\"content\": \"x\"}]}|role",
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\"}]}|content",
                "{\"model\": \"m\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}|stream"
            })
    void shouldSayWhatIsWrongWithARequest(String body, String said) throws Exception {
        try (ScriptedModel model = start(always(AnswerKind.FAILED))) {
            HttpResponse<String> response = post(model, "/v1/chat/completions", body);
            JsonNode error = JSON.readTree(response.body()).get("error");

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(error.get("type").textValue()).isEqualTo("invalid_request_error");
            assertThat(error.get("message").textValue()).contains(said, "must");
            assertThat(model.answers(AnswerKind.REFUSED)).isEqualTo(1);
            assertThat(model.answers(AnswerKind.FAILED)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/health,200",
        "GET,/v1/models,200",
        "GET,/models,200",
        "HEAD,/health,200",
        "POST,/v1/models,405",
        "GET,/v1/chat/completions,405",
        "DELETE,/chat/completions,405",
        "GET,/,404",
        "POST,/v1/chat/completions/more,404",
        "POST,/v1/embeddings,404"
    })
    void shouldKnowItsPaths(String method, String path, int status) throws Exception {
        try (ScriptedModel model = start(ScriptedModelOptions.PLAIN)) {
            HttpRequest request = HttpRequest.newBuilder(uri(model, path))
                    .method(method, BodyPublishers.noBody())
                    .build();

            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
            assertThat(model.requests()).isZero();
            if (path.endsWith("models") && status == 200) {
                assertThat(JSON.readTree(response.body()).at("/data/0/id").textValue())
                        .isEqualTo("scripted");
            }
        }
    }
}
