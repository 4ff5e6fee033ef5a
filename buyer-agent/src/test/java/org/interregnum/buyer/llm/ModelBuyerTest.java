package org.interregnum.buyer.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.buyer.llm.Impression.BAD;
import static org.interregnum.buyer.llm.Impression.EXCELLENT;
import static org.interregnum.buyer.llm.Impression.GOOD;
import static org.interregnum.buyer.llm.Impression.NEUTRAL;
import static org.interregnum.buyer.llm.Impression.TERRIBLE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.interregnum.languagemodel.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBuyerTest {
    private static final ModelBuyer BUYER = new ModelBuyer(null, Optional.empty());

    // Ties of rounding go to the even digit, but by the binary value: 2.675 is a little less than it says.
    private static final double[] PRICES = {0.125, 0.005, 2.675, 0.41, 0.375};
    private static final double[] SHARES = {0.135, 0.0, 1.0, 0.08, 0.625};
    private static final ImpressionSituation IMPRESSION = new ImpressionSituation(PRICES, SHARES, 3, GOOD);
    private static final ChoiceSituation CHOICE =
            new ChoiceSituation(PRICES, SHARES, List.of(TERRIBLE, BAD, NEUTRAL, GOOD, EXCELLENT));

    @ParameterizedTest
    @ValueSource(strings = {"plain", "terse"})
    void shouldBeToldOfEachSellerInALine(String variant) {
        assertThat(facts(BUYER.prompt(IMPRESSION, variant)))
                .containsExactly(
                        "Your seller: Seller 3: price 0.41, market share 0.08, impression good",
                        "Seller 0: price 0.12, market share 0.14",
                        "Seller 1: price 0.01, market share 0.00",
                        "Seller 2: price 2.67, market share 1.00",
                        "Seller 4: price 0.38, market share 0.62");
        assertThat(facts(BUYER.prompt(CHOICE, variant)))
                .containsExactly(
                        "Seller 0: price 0.12, market share 0.14, impression terrible",
                        "Seller 1: price 0.01, market share 0.00, impression bad",
                        "Seller 2: price 2.67, market share 1.00, impression neutral",
                        "Seller 3: price 0.41, market share 0.08, impression good",
                        "Seller 4: price 0.38, market share 0.62, impression excellent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "terse"})
    void shouldReadAsReviewed(String variant) throws IOException {
        String text = inFull("Impression", BUYER.prompt(IMPRESSION, variant))
                + inFull("Choice", BUYER.prompt(CHOICE, variant));
        try (InputStream reviewed = ModelBuyerTest.class.getResourceAsStream(variant + ".txt")) {
            assertThat(text).isEqualTo(new String(reviewed.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldNameEachWordingByItsHash() {
        assertThat(List.of(
                        BUYER.prompt(IMPRESSION, "").hash(),
                        BUYER.prompt(IMPRESSION, "terse").hash(),
                        BUYER.prompt(CHOICE, "").hash(),
                        BUYER.prompt(CHOICE, "terse").hash()))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    private static List<String> facts(Prompt prompt) {
        return prompt.user()
                .lines()
                .filter(line -> line.contains("market share"))
                .toList();
    }

    private static String inFull(String title, Prompt prompt) {
        return "=== " + title + ": system\n" + prompt.system() + "\n=== " + title + ": user\n" + prompt.user() + "\n";
    }
}
