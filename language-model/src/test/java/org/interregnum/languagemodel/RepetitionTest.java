package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Duration;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionTest {
    private final ModelServer server = new ModelServer();
    private final BoundedLanguageModels models = Asked.models();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerAtOnceWhenTheModelDoes() {
        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.value()).contains(1.5);
        assertThat(reply.reason()).isEmpty();
        assertThat(reply.calls())
                .hasSameSizeAs(server.requests())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.isRepair()).isFalse();
                    assertThat(call.messages())
                            .containsExactly(
                                    new ChatText("system", "You sell."), new ChatText("user", "What is your price?"));
                    assertThat(call.answer()).isEqualTo("{\"price\": 1.5}");
                    assertThat(call.failure()).isNull();
                    assertThat(call.status()).isEqualTo(200);
                    assertThat(call.model()).isEqualTo("served-model");
                    assertThat(call.inputTokens()).isEqualTo(100);
                    assertThat(call.outputTokens()).isEqualTo(10);
                    assertThat(call.latencyNanos()).isPositive();
                });
        assertThat(reply.chargedTokens()).isEqualTo(110);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 429, 500, 502, 503, 504, 506, 520, 522, 524, 527, 529, 599, 0})
    void shouldRepeatWhatMaySucceedLater(int status) {
        server.then(status == 0 ? ModelServer.broken() : ModelServer.error(status));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls()).hasSize(2).hasSameSizeAs(server.requests());
        assertThat(reply.calls().get(0).status()).isEqualTo(status);
        assertThat(reply.calls().get(0).answer()).isNull();
        assertThat(reply.calls().get(0).failure())
                .startsWith(status == 0 ? "the connection broke" : "HTTP " + status + ": said the server");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 405, 410, 413, 422, 418, 501, 505})
    void shouldNotRepeatWhatIsRefused(int status) {
        server.otherwise(ModelServer.error(status).with("Location", server.url() + "/elsewhere"));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REFUSED);
        assertThat(reply.reason())
                .isEqualTo("the endpoint shop refused the call: HTTP " + status + ": said the server");
        assertThat(reply.calls()).hasSize(1).hasSameSizeAs(server.requests());
        assertThat(reply.chargedTokens()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "type"})
    void shouldNotRepeatWhatMoneyAloneWouldMend(String member) {
        server.otherwise(ModelServer.body(
                        429,
                        "{\"error\": {\"message\": \"You exceeded your current quota\", \"" + member
                                + "\": \"insufficient_quota\"}}")
                .with("Retry-After", "1"));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REFUSED);
        assertThat(reply.reason())
                .isEqualTo("the endpoint shop refused the call: HTTP 429: You exceeded your current quota");
        assertThat(reply.calls()).hasSize(1).hasSameSizeAs(server.requests());
    }

    @Test
    void shouldGiveUpAfterSixCallsWithGrowingPauses() {
        server.otherwise(ModelServer.error(500));

        ModelReply<Double> reply = Asked.ask(
                Asked.models(new Pacing(
                        Duration.ofMillis(40),
                        Duration.ofSeconds(20),
                        6,
                        10,
                        Duration.ofSeconds(5),
                        20,
                        Duration.ofSeconds(5))),
                Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.reason())
                .isEqualTo("6 calls did not bring it about; the last failure: HTTP 500: said the server");
        assertThat(reply.calls()).hasSize(6).hasSameSizeAs(server.requests());
        long lastPause =
                server.requests().get(5).atNanos() - server.requests().get(4).atNanos();
        // 640 ms, give or take half of it.
        assertThat(Duration.ofNanos(lastPause)).isGreaterThan(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "{}", "null", "{\"choices\": []}", "{\"error\": {\"code\": 1}}"})
    void shouldRepeatWhenTheAnswerIsNoChatCompletion(String body) {
        server.then(ModelServer.body(200, body));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls()).hasSize(2).hasSameSizeAs(server.requests());
        assertThat(reply.calls().get(0).failure()).isEqualTo("the answer is no chat completion");
        assertThat(reply.calls().get(0).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void shouldReadNoAnswerWithoutEnd(int status) {
        server.then(ModelServer.body(status, " ".repeat(1 << 19)).endless(Duration.ofMillis(1)));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls()).hasSize(2).hasSameSizeAs(server.requests());
        assertThat(reply.calls().get(0).failure()).isEqualTo("the answer is larger than 4 MiB");
    }

    @Test
    void shouldReadAnAnswerThatIsLong() {
        String text = " ".repeat(4_000_000) + "{\"price\": 1.5}";
        server.then(ModelServer.answer(text));

        assertThat(Asked.ask(models, Asked.options(server)).ending()).isEqualTo(Ending.ANSWERED);
    }

    @Test
    void shouldRepeatWhenNobodyListensOrTheHostIsUnknown() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        ModelReply<Double> refused = Asked.ask(models, new Asked.Options("http://127.0.0.1:" + port));
        ModelReply<Double> unknown =
                Asked.ask(models, new Asked.Options("http://no-such-host.invalid").deadline(Duration.ofSeconds(8)));

        assertThat(refused.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(refused.calls()).hasSize(6);
        assertThat(refused.reason()).contains("no connection");
        // Nothing was sent for which anybody could charge.
        assertThat(refused.chargedTokens()).isZero();
        assertThat(unknown.ending()).isEqualTo(Ending.UNANSWERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere at all", "http://127.0.0.1:99999/v1"})
    void shouldRefuseAnAddressThatIsNone(String url) {
        ModelReply<Double> reply = Asked.ask(models, new Asked.Options(url));

        assertThat(reply.ending()).isEqualTo(Ending.REFUSED);
        assertThat(reply.calls()).isEmpty();
        assertThat(reply.reason()).contains("malformed");
        assertThat(reply.chargedTokens()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20})
    void shouldSendNoMoreThanTheBudgetOfRepetitionsAllows(int asks) {
        server.otherwise(ModelServer.error(429));
        String last = "";

        for (int i = 0; i < asks; i++) {
            last = Asked.ask(models, Asked.options(server)).reason();
        }

        // All that it allows, since each of them fails: (19 n + 41) / 10, rounded down.
        assertThat(server.requests()).hasSize((19 * asks + 41) / 10).hasSizeLessThanOrEqualTo(2 * asks + 4);
        assertThat(last)
                .startsWith(
                        asks == 1
                                ? "6 calls did not bring it about"
                                : "too many repetitions at the endpoint shop; the last failure: HTTP 429");
    }
}
