package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySecrecyTest {
    private static final String KEY = "sk-very-secret-0123456789";

    private final ModelServer server = new ModelServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldFindKeysByTheEndpointsName() {
        EnvironmentKeys keys = new EnvironmentKeys(
                Map.of("OPENAI_API_KEY", "one", "MY_VLLM_1_API_KEY", " two\n", "EMPTY_API_KEY", "  "));

        assertThat(keys.keyOf("openai")).contains("one");
        assertThat(keys.keyOf("my-vllm.1")).contains("two");
        assertThat(keys.keyOf("empty")).isEmpty();
        assertThat(keys.keyOf("other")).isEmpty();
    }

    @Test
    void shouldSendTheKeyAsEachProviderWantsIt() {
        BoundedLanguageModels models = Asked.modelsWithKey(KEY);
        server.otherwise(ModelServer.error(400));
        for (Provider provider : Provider.values()) {
            ModelReply<Double> unused = Asked.ask(models, Asked.options(server).provider(provider));
            ModelServer.Request last = server.requests().get(server.requests().size() - 1);
            boolean isAnthropic = provider == Provider.ANTHROPIC;
            assertThat(last.header("Authorization")).isEqualTo(isAnthropic ? null : "Bearer " + KEY);
            assertThat(last.header("x-api-key")).isEqualTo(isAnthropic ? KEY : null);
        }
    }

    @Test
    void shouldKeepTheKeyOutOfRefusals() {
        server.otherwise(ModelServer.body(
                401, "{\"error\": {\"message\": \"Incorrect key:\\n " + KEY + " " + "x".repeat(400) + "\"}}"));

        ModelReply<Double> reply = Asked.ask(Asked.modelsWithKey(KEY), Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REFUSED);
        assertThat(reply.reason())
                .startsWith("the endpoint shop refused the call: HTTP 401: Incorrect key: *** xxx")
                .hasSizeLessThan(300)
                .doesNotContain("\n");
        assertThat(reply.toString()).doesNotContain(KEY);
    }

    @Test
    void shouldNotLeaveHalfOfAKeyWhereATextIsCut() {
        server.otherwise(ModelServer.body(403, "y".repeat(190) + KEY));

        assertThat(Asked.ask(Asked.modelsWithKey(KEY), Asked.options(server)).toString())
                .doesNotContain(KEY.substring(0, 6));
    }

    @Test
    void shouldKeepTheKeyOutOfAnswersAndRepairs() {
        server.then(ModelServer.answer("My key is " + KEY), ModelServer.answer("{\"key\": \"" + KEY + "\"}"));

        ModelReply<Double> reply = Asked.ask(Asked.modelsWithKey(KEY), Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.toString()).doesNotContain(KEY).contains("My key is ***");
        assertThat(server.requests().get(1).body().toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-se/cret+key==",
                "sk-se\\/cret+key==",
                "sk-se/cret+key\\u003d\\u003D",
                "\\u0073\\u006b\\u002dse\\\\/cret\\\\u002bkey==",
                "sk-se%2Fcret%2bkey%3D%3d"
            })
    void shouldKnowTheKeyHoweverItIsSpelled(String spelled) {
        server.then(
                ModelServer.body(500, "{\"echo\": \"" + spelled + "\"}"),
                ModelServer.answer("{\"price\": 1.5, \"note\": \"was " + spelled + "\"}"));

        ModelReply<Double> reply = Asked.ask(Asked.modelsWithKey("sk-se/cret+key=="), Asked.options(server));

        assertThat(reply.calls()).hasSize(2);
        assertThat(reply.calls().get(0).failure()).isEqualTo("HTTP 500: {\"echo\": \"***\"}");
        assertThat(reply.calls().get(1).answer()).isEqualTo("{\"price\": 1.5, \"note\": \"was ***\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "x7", "hunter2", "sk-se/cret+key=="})
    void shouldKeepKeysOfEveryLengthOutOfWhatTheServerSays(String key) {
        String served = ModelServer.answer("{\"price\": 1.5}").body().replace("served-model", "m:" + key + ":1");
        server.then(ModelServer.body(500, "no " + key), ModelServer.body(200, served));

        ModelReply<Double> reply = Asked.ask(Asked.modelsWithKey(key), Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls().get(0).failure()).isEqualTo("HTTP 500: no ***");
        assertThat(reply.calls().get(1).model()).isEqualTo("m:***:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hunter2          | it is hunter2, or (hunter2). | it is ***, or (***).
                    hunter2          | hunter22 and Xhunter2         | hunter22 and Xhunter2
                    hunter2          | a line\\nhunter2\\u0022         | a line\\n***\\u0022
                    hunter2          | Bearer hunter2                | Bearer ***
                    x7               | x7 or Bearer x7, bearer%20x7  | x7 or Bearer ***, bearer%20***
                    x7               | Bearer x77                    | Bearer x77
                    sk-12345         | XXsk-12345YY Bearer sk-12345  | XX***YY Bearer ***
                    none             | none of them, Bearer none     | none of them, Bearer none
                    EMPTY            | an EMPTY shop                 | an EMPTY shop
                    ollama           | ollama                        | ollama
                    """)
    void shouldTakeAShortKeyOutOfAnswersWhereItStandsAlone(String key, String answer, String kept) {
        assertThat(OneLine.answerWithoutSecret(answer, Optional.of(key))).isEqualTo(kept);
    }

    @Test
    void shouldLeaveWordsThatStandInForAKey() {
        assertThat(OneLine.of("none is loaded", Optional.of("none"))).isEqualTo("none is loaded");
        assertThat(OneLine.withoutSecret("ollama/llama3.1", Optional.of("ollama")))
                .isEqualTo("ollama/llama3.1");
    }

    @Test
    void shouldNotQuoteAKeyThatCannotBeSent() {
        BoundedLanguageModels models =
                new BoundedLanguageModels(endpoint -> Optional.of(KEY + "\n" + KEY), Asked.QUICK);

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REFUSED);
        assertThat(reply.toString()).contains("its key is malformed").doesNotContain(KEY);
        assertThat(server.requests()).isEmpty();
    }
}
