package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManyQuestionsTest {
    private final ModelServer server = new ModelServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldKeepToTheLimitOfCallsInFlight() throws Exception {
        server.otherwise(ModelServer.answer("{\"price\": 2}").after(Duration.ofMillis(30)));

        List<ModelReply<Double>> replies =
                askAtOnce(200, Asked.models(), Asked.options(server).callsInFlight(20));

        assertThat(replies).extracting(ModelReply::ending).containsOnly(Ending.ANSWERED);
        assertThat(server.requests()).hasSize(200);
        assertThat(server.mostUnderWay()).isBetween(2, 20);
    }

    @Test
    void shouldServeAThousandAtOnce() throws Exception {
        server.otherwise(ModelServer.answer("{\"price\": 2}").after(Duration.ofMillis(500)));

        List<ModelReply<Double>> replies =
                askAtOnce(1000, Asked.models(), Asked.options(server).callsInFlight(1000));

        assertThat(replies).extracting(ModelReply::ending).containsOnly(Ending.ANSWERED);
        // How many of them meet at the server depends on how quick this machine is.
        assertThat(server.mostUnderWay()).isGreaterThan(30);
    }

    @Test
    void shouldRecordEveryRequestWhateverComesOfIt() throws Exception {
        for (int i = 0; i < 40; i++) {
            server.then(
                    ModelServer.answer("{\"price\": 2}"),
                    ModelServer.error(i % 2 == 0 ? 500 : 429),
                    ModelServer.answer("well"),
                    ModelServer.broken(),
                    ModelServer.answer("{\"price\": 2}"));
        }

        List<ModelReply<Double>> replies = askAtOnce(200, Asked.models(), Asked.options(server));

        assertThat(replies.stream().mapToInt(reply -> reply.calls().size()).sum())
                .isEqualTo(server.requests().size())
                .isLessThanOrEqualTo(390);
        assertThat(replies)
                .filteredOn(reply -> reply.ending() == Ending.ANSWERED)
                .hasSizeGreaterThan(50);
    }

    @Test
    void shouldSendOnlyProbesToAnEndpointThatIsDown() throws Exception {
        server.otherwise(ModelServer.error(503));
        Pacing pacing = new Pacing(
                Duration.ofMillis(10), Duration.ofMillis(50), 6, 10, Duration.ofMillis(500), 20, Duration.ofSeconds(5));

        List<ModelReply<Double>> replies = askAtOnce(
                50, Asked.models(pacing), Asked.options(server).callsInFlight(5).deadline(Duration.ofSeconds(3)));

        assertThat(replies).extracting(ModelReply::ending).containsOnly(Ending.UNANSWERED);
        assertThat(replies).allSatisfy(reply -> assertThat(reply.reason()).isNotEmpty());
        // Ten that open the breaker, those under way with them, and a probe every half second.
        assertThat(server.requests().size()).isBetween(10, 25);
    }

    @Test
    void shouldComeBackWhenTheEndpointDoes() throws Exception {
        for (int i = 0; i < 10; i++) {
            server.then(ModelServer.error(503));
        }
        Pacing pacing = new Pacing(
                Duration.ofMillis(10), Duration.ofMillis(50), 6, 10, Duration.ofMillis(300), 20, Duration.ofSeconds(5));

        List<ModelReply<Double>> replies =
                askAtOnce(10, Asked.models(pacing), Asked.options(server).callsInFlight(2));

        assertThat(replies).extracting(ModelReply::ending).containsOnly(Ending.ANSWERED);
    }

    private static List<ModelReply<Double>> askAtOnce(int asks, LanguageModels models, Asked.Options options)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(asks);
        try {
            Callable<ModelReply<Double>> ask = () -> Asked.ask(models, options);
            List<ModelReply<Double>> replies = new ArrayList<>();
            for (Future<ModelReply<Double>> reply : threads.invokeAll(Collections.nCopies(asks, ask))) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            threads.shutdownNow();
        }
    }
}
