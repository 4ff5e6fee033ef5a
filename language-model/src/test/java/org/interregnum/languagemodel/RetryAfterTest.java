package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private final ModelServer server = new ModelServer();
    private final BoundedLanguageModels models = Asked.models();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldReadSecondsAndDates() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(90).atZone(ZoneOffset.UTC));

        assertThat(RetryAfter.nanos("2", now)).hasValue(2_000_000_000L);
        assertThat(RetryAfter.nanos(" 0.5 ", now)).hasValue(500_000_000L);
        assertThat(RetryAfter.nanos(date, now)).hasValue(90_000_000_000L);
        assertThat(RetryAfter.nanos("-3", now)).hasValue(0);
        assertThat(RetryAfter.nanos("Fri, 02 Jan 1970 03:04:05 GMT", now)).hasValue(0);
        assertThat(RetryAfter.nanos("soon", now)).isEmpty();
        assertThat(RetryAfter.nanos("NaN", now)).isEmpty();
        assertThat(RetryAfter.nanos("1e300", now)).hasValue(Duration.ofDays(365).toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldPauseAsLongAsTheServerWants(int status) {
        server.then(ModelServer.error(status).with("Retry-After", "1"));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        long pause =
                server.requests().get(1).atNanos() - server.requests().get(0).atNanos();
        assertThat(Duration.ofNanos(pause)).isGreaterThan(Duration.ofMillis(990));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldEndAtOnceWhenTheServerWantsALongerPauseThanIsLeft(int status) {
        server.then(ModelServer.error(status).with("Retry-After", "3600"));
        long start = System.nanoTime();

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.reason()).contains("wants no call for 3600 s").contains("HTTP " + status);
        assertThat(reply.calls()).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void shouldKeepOtherQuestionsFromAPausingEndpoint() throws Exception {
        server.then(ModelServer.error(429).with("Retry-After", "1"));
        CompletableFuture<ModelReply<Double>> first =
                CompletableFuture.supplyAsync(() -> Asked.ask(models, Asked.options(server)));
        while (server.requests().isEmpty()) {
            Thread.sleep(5);
        }
        Thread.sleep(200);

        ModelReply<Double> second = Asked.ask(models, Asked.options(server));

        assertThat(List.of(first.get().ending(), second.ending())).containsOnly(Ending.ANSWERED);
        assertThat(second.calls()).hasSize(1);
        long pause =
                server.requests().get(1).atNanos() - server.requests().get(0).atNanos();
        assertThat(Duration.ofNanos(pause)).isGreaterThan(Duration.ofMillis(900));
    }
}
