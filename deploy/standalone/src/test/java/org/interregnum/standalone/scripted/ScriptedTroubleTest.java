package org.interregnum.standalone.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScriptedTroubleTest {
    @Test
    void shouldRefuseByRateWithATimeToWait() throws Exception {
        try (ScriptedModel model = start(always(AnswerKind.RATE_LIMITED).withRetryAfter(7))) {
            HttpResponse<String> response = post(model, "/v1/chat/completions", request("price", SELLERS));

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).contains("7");
            assertThat(JSON.readTree(response.body()).at("/error/message").textValue())
                    .contains("rate limit");
        }
    }

    @Test
    void shouldFail() throws Exception {
        try (ScriptedModel model = start(always(AnswerKind.FAILED))) {
            HttpResponse<String> response = post(model, "/v1/chat/completions", request("price", SELLERS));

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(JSON.readTree(response.body()).at("/error/type").textValue())
                    .isEqualTo("server_error");
        }
    }

    @Test
    void shouldHang() throws Exception {
        try (ScriptedModel model = start(always(AnswerKind.HUNG))) {
            HttpRequest request = HttpRequest.newBuilder(uri(model, "/v1/chat/completions"))
                    .POST(BodyPublishers.ofString(request("price", SELLERS)))
                    .timeout(Duration.ofMillis(300))
                    .build();

            assertThatExceptionOfType(HttpTimeoutException.class)
                    .isThrownBy(() -> CLIENT.send(request, BodyHandlers.ofString()));
            assertThat(model.answers(AnswerKind.HUNG)).isEqualTo(1);
        }
    }

    @Test
    void shouldWrapTheRightAnswerInProse() throws Exception {
        try (ScriptedModel right = start(ScriptedModelOptions.PLAIN);
                ScriptedModel prose = start(always(AnswerKind.PROSE))) {
            assertThat(ask(prose, request("price", SELLERS)))
                    .contains("```json\n" + ask(right, request("price", SELLERS)) + "\n```\n")
                    .doesNotStartWith("`");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "impression", "choice", ""})
    void shouldAnswerWithGarbageAndMisfits(String schema) throws Exception {
        try (ScriptedModel garbage = start(always(AnswerKind.GARBAGE));
                ScriptedModel misfit = start(always(AnswerKind.MISFIT))) {
            for (int i = 0; i < 4; i++) {
                String words = ask(garbage, request(schema, SELLERS));
                assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> JSON.readTree(words));
                assertThat(JSON.readTree(ask(misfit, request(schema, SELLERS))).isObject())
                        .isTrue();
            }
            assertThat(misfit.answers(AnswerKind.MISFIT)).isEqualTo(4);
        }
    }

    @Test
    void shouldMakeTroubleAtTheRatesGiven() throws Exception {
        Map<AnswerKind, Double> rates = new EnumMap<>(AnswerKind.class);
        rates.put(AnswerKind.RATE_LIMITED, 0.2);
        rates.put(AnswerKind.FAILED, 0.1);
        rates.put(AnswerKind.PROSE, 0.15);
        rates.put(AnswerKind.GARBAGE, 0.05);
        rates.put(AnswerKind.MISFIT, 0.1);
        int requests = 2000;
        try (ScriptedModel model = start(new ScriptedModelOptions(Duration.ZERO, 1, rates, 3))) {
            int refused = 0;
            for (int i = 0; i < requests; i++) {
                refused += post(model, "/v1/chat/completions", request("price", SELLERS))
                                        .statusCode()
                                == 429
                        ? 1
                        : 0;
            }

            assertThat(model.requests()).isEqualTo(requests);
            assertThat(refused).isEqualTo((int) model.answers(AnswerKind.RATE_LIMITED));
            assertThat(model.answers(AnswerKind.HUNG)).isZero();
            rates.put(AnswerKind.RIGHT, 0.4);
            rates.forEach((kind, rate) -> assertThat((double) model.answers(kind))
                    .as(kind + " within four standard deviations")
                    .isCloseTo(requests * rate, within(4 * Math.sqrt(requests * rate * (1 - rate)))));
        }
    }
}
