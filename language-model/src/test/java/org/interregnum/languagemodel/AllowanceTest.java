package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    /** Both messages, what is added for each and for the whole, and the schema. */
    private static final long INPUT = "You sell.What is your price?".length() + 2 * 16 + 64 + schema().length();

    private static final long BOUND = INPUT + 200;

    private final ModelServer server = new ModelServer();
    private final BoundedLanguageModels models = Asked.models();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSendNothingWithoutCalls() {
        ModelReply<Double> reply = ask(new Allowance(0, 1_000_000, 1, 0, 0));

        assertThat(reply.ending()).isEqualTo(Ending.ALLOWANCE_SPENT);
        assertThat(reply.reason()).isEqualTo("0 of 0 calls are spent");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldSendOnlyWhatTheTokensCover() {
        assertThat(ask(new Allowance(9, BOUND - 1, 1, 0, 0)).reason())
                .isEqualTo("the next call may take %d tokens, and 0 of %d are spent".formatted(BOUND, BOUND - 1));
        assertThat(server.requests()).isEmpty();
        assertThat(ask(new Allowance(9, BOUND, 1, 0, 0)).ending()).isEqualTo(Ending.ANSWERED);
    }

    @Test
    void shouldCountBytesAndNotLetters() {
        Prompt prompt = new Prompt("plain", "00", "You sell.", "What is your price, in €?");
        long bytes = "You sell.What is your price, in €?".getBytes(StandardCharsets.UTF_8).length;

        long bound = Question.first(
                        prompt,
                        Asked.PRICE,
                        Asked.options(server).structured(StructuredOutput.NONE).build())
                .mostInputTokens();

        assertThat(bound).isEqualTo(bytes + 2 * 16 + 64);
    }

    @Test
    void shouldSendOnlyWhatTheMoneyCovers() {
        double most = (INPUT * 2.0 + 200 * 8.0) / 1e6;

        ModelReply<Double> spent = ask(new Allowance(9, 1_000_000, most * 0.999, 2, 8));
        assertThat(spent.ending()).isEqualTo(Ending.ALLOWANCE_SPENT);
        assertThat(spent.reason()).contains("may cost");
        assertThat(server.requests()).isEmpty();

        ModelReply<Double> paid = ask(new Allowance(9, 1_000_000, most * 1.001, 2, 8));
        assertThat(paid.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(paid.chargedCost()).isCloseTo((100 * 2 + 10 * 8) / 1e6, within(1e-12));
    }

    @Test
    void shouldChargeTheBoundWhenTheProviderDoesNotCount() {
        server.then(ModelServer.completion("{\"price\": 1}", "stop", -1, -1));

        ModelReply<Double> reply = ask(Allowance.UNLIMITED);

        assertThat(reply.chargedTokens()).isEqualTo(BOUND);
        assertThat(reply.calls().get(0).inputTokens()).isEqualTo(-1);
        assertThat(reply.calls().get(0).outputTokens()).isEqualTo(-1);
    }

    @Test
    void shouldChargeNoTokensForErrorsButTheirCalls() {
        server.then(ModelServer.error(500), ModelServer.error(500));

        ModelReply<Double> reply = ask(new Allowance(2, BOUND, 1, 0, 0));

        assertThat(reply.ending()).isEqualTo(Ending.ALLOWANCE_SPENT);
        assertThat(reply.reason()).isEqualTo("2 of 2 calls are spent");
        assertThat(reply.chargedTokens()).isZero();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldNotMendAnAnswerBeyondTheAllowance() {
        server.then(ModelServer.answer("no"));

        ModelReply<Double> reply = ask(new Allowance(9, BOUND + 100, 1, 0, 0));

        assertThat(reply.ending()).isEqualTo(Ending.ALLOWANCE_SPENT);
        assertThat(reply.reason()).startsWith("the answer holds no JSON object; the next call may take");
        assertThat(reply.chargedTokens()).isEqualTo(110);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotOverflow() {
        Spending spending = new Spending(Allowance.UNLIMITED);
        spending.charge(Long.MAX_VALUE, Long.MAX_VALUE);
        spending.charge(1, 1);

        assertThat(spending.tokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Spending(Allowance.UNLIMITED).objection(Long.MAX_VALUE, 1))
                .isEmpty();
        assertThat(new Spending(new Allowance(9, 10, 1, 0, 0)).objection(Long.MAX_VALUE, Long.MAX_VALUE))
                .isPresent();
    }

    private ModelReply<Double> ask(Allowance allowance) {
        return models.ask(Asked.PROMPT, Asked.PRICE, Asked.options(server).build(), allowance);
    }

    private static String schema() {
        return "{'type':'object','properties':{'price':{'type':'number'}},'required':['price'],"
                + "'additionalProperties':false}";
    }
}
