package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {
    private final ModelServer server = new ModelServer();
    private final BoundedLanguageModels models = Asked.models();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"price\": 0.1}",
                "```json\n{\"price\": 0.1}\n```",
                "Since {costs} are low: {\"price\": 0.1} — that is all.",
                "  {\"price\": 0.1, \"more\": {\"price\": 7}}",
                "By \\frac{a}{b_{i}} and {1, 2}: {\n \"price\": 0.1}, as } and { have it."
            })
    void shouldAcceptOneObjectWithAnythingAroundIt(String answer) throws UnfitAnswerException {
        assertThat(AnswerReader.read(answer, Asked.PRICE)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ' '                                | is empty
                    I do not know.                     | holds no JSON object
                    {"price": 1                        | breaks off before its end
                    {"price": "0.                      | breaks off before its end
                    {"price": fal                      | breaks off before its end
                    {"price": 1, "pri                  | breaks off before its end
                    {"price": NaN}                     | has NaN, which is no JSON
                    {"price": -Infinity}               | has -Infinity, which is no JSON
                    {"price": 1, "price": 2}           | has 'price' twice
                    {"reason": "r", "price": 1, "price": {"reason": "inner", "price": 7}} | has 'price' twice
                    {"draft": {"price": 7}, "final": {"reason": "because | breaks off before its end
                    {"price": NaN, "old": {"price": 7}} | has NaN, which is no JSON
                    {"price": 1} or {"price":          | breaks off before its end
                    {price: 1, "old": {"price": 7}}    | has a JSON object within braces that are no JSON
                    {"price": 1} or {"price": 2}       | holds more than one JSON object
                    {"price": 1e999}                   | has a number that is too large
                    {"prize": 1}                       | has no 'price'
                    """)
    void shouldSayWhyAnAnswerDoesNotFit(String answer, String why) {
        assertThatThrownBy(() -> AnswerReader.read(answer, Asked.PRICE))
                .isInstanceOf(UnfitAnswerException.class)
                .hasMessage(why);
    }

    @Test
    void shouldReadNumbersExactly() throws UnfitAnswerException {
        assertThat(AnswerReader.read("{\"price\": 0.30000000000000004}", Asked.PRICE))
                .isEqualTo(0.30000000000000004);
    }

    @Test
    @Timeout(5)
    void shouldEndureAnswersOfBracesOnly() {
        String braces = "{\"a\":".repeat(4000);

        assertThatThrownBy(() -> AnswerReader.objectIn(braces)).isInstanceOf(UnfitAnswerException.class);
    }

    @Test
    void shouldAskOnceToMendAnAnswer() {
        server.then(ModelServer.answer("About three."));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REPAIRED);
        assertThat(reply.value()).contains(1.5);
        assertThat(reply.reason()).isEqualTo("the answer holds no JSON object");
        assertThat(reply.calls()).hasSize(2).hasSameSizeAs(server.requests());
        assertThat(reply.calls().get(0).answer()).isEqualTo("About three.");
        assertThat(reply.calls().get(1).isRepair()).isTrue();
        assertThat(reply.calls().get(1).messages())
                .extracting(ChatText::role)
                .containsExactly("system", "user", "assistant", "user");
        assertThat(server.requests().get(1).body().at("/messages/2/content").asText())
                .isEqualTo("About three.");
        assertThat(server.requests().get(1).body().at("/messages/3/content").asText())
                .isEqualTo("Your answer could not be used: it holds no JSON object. Answer again, with nothing but a"
                        + " JSON object of this form: {\"price\": number}");
    }

    @Test
    void shouldNotAskTwiceToMendAnAnswer() {
        server.then(ModelServer.answer(""), ModelServer.answer("{}"));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.reason()).contains("is empty").contains("has no 'price'");
        assertThat(reply.calls()).hasSize(2).hasSameSizeAs(server.requests());
        assertThat(reply.calls().get(1).messages().get(2).content()).isEqualTo("(empty)");
    }

    @Test
    void shouldTakeAnAnswerThatWasWholeWhenItWasCutOff() {
        server.then(ModelServer.completion("{\"price\": 1} is what I", "length", 100, 200));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.value()).contains(1.0);
        assertThat(reply.calls()).hasSize(1);
    }

    @Test
    void shouldNameTheCutOfAnAnswerThatDoesNotFit() {
        server.then(ModelServer.completion("{\"price\": 1", "length", 100, 200));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REPAIRED);
        assertThat(reply.reason()).isEqualTo("the answer was cut off after 200 tokens");
    }

    @Test
    void shouldRepeatTheRepairWithinSixCalls() {
        server.then(ModelServer.error(500), ModelServer.error(500), ModelServer.answer("?"))
                .otherwise(ModelServer.error(500));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.UNANSWERED);
        assertThat(reply.reason()).contains("the answer holds no JSON object; ").contains("HTTP 500");
        assertThat(reply.calls()).hasSize(6).hasSameSizeAs(server.requests());
    }

    @Test
    void shouldTreatARefusalOfTheModelAsAnAnswerThatDoesNotFit() {
        server.then(
                ModelServer.body(
                        200,
                        "{\"model\": \"m\", \"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"role\": \"assistant\","
                                + " \"refusal\": \"I may not.\"}}], \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 3}}"));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.REPAIRED);
        assertThat(reply.calls().get(0).answer()).isEqualTo("I may not.");
        assertThat(reply.calls().get(0).model()).isEqualTo("m");
        assertThat(reply.chargedTokens()).isEqualTo(7 + 3 + 110);
    }
}
