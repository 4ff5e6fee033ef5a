package org.interregnum.standalone.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final String RESEARCH = """
            Your price: 0.50
            Your market share: 0.12

            What buyers would pay above your price:
            Mean: -0.10
            Median: -0.20
            Minimum: -1.00
            Maximum: 0.60
            25th percentile: -0.40
            75th percentile: 0.20
            """;

    private static final String SELLERS = """
            Seller 0: price 0.40, market share 0.30, impression bad
            - Seller 1: price 0.90, market share 0.10, impression excellent
            Seller 2: price 0.20, market share 0.05, impression good
            """;

    @Test
    void shouldRaiseThePriceAsFarAsLoyalBuyersPay() {
        // A half stays at 0.30 and a quarter at 0.70. Between the two, n hundredths fewer than a half stay at
        // 0.30 + 0.016 n, and (0.50 - 0.01 n) (0.30 + 0.016 n) is largest with 16.
        assertThat(price(RESEARCH)).isEqualTo(0.556);
    }

    @Test
    void shouldNotAskForLessThanNothing() {
        assertThat(price(RESEARCH.replace("0.50", "0.00")
                        .replace("0.60", "-0.10")
                        .replace(" 0.20", " -0.15")))
                .isZero();
    }

    @Test
    void shouldFollowRivalsWhereThereIsNoResearch() {
        assertThat(price("Your price: 0.10\nYour market share: 0.40\n" + SELLERS))
                .isBetween(0.50, 0.57);
        assertThat(price("Your price: 0.10\nYour market share: 0.01\n" + SELLERS))
                .isBetween(0.43, 0.50);
    }

    @Test
    void shouldChooseWhatIsWorthMost() {
        assertThat(seller(SELLERS))
                .as("2.5 + 0.10 - 0.90 is more than 1.5 + 0.05 - 0.20")
                .isEqualTo(1);
        assertThat(seller(SELLERS.replace("0.90", "1.50"))).isEqualTo(2);
        assertThat(seller(SELLERS.replace("price ", "price 9"))).isEqualTo(Decision.NOBODY);
    }

    @ParameterizedTest
    @CsvSource({"1.20,terrible", "0.80,bad", "0.55,neutral", "0.35,good", "0.00,excellent"})
    void shouldThinkWellOfACheapSeller(String price, String impression) {
        String others = SELLERS.replace("0.20", "0.60").replace("0.40", "0.20");

        assertThat(impression("Your current seller: 3\nSeller 3: price " + price + ", market share 0.1\n" + others))
                .isEqualTo(impression);
        assertThat(impression("Seller 3 (your seller): price " + price + "\n" + others))
                .isEqualTo(impression);
        assertThat(impression("Its current price: " + price + "\n" + others)).isEqualTo(impression);
    }

    @Test
    void shouldAnswerSomethingPossibleWhateverTheWording() {
        Set<String> impressions = new TreeSet<>();
        Set<Integer> choices = new TreeSet<>();
        Set<Double> prices = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            String text = "the " + i + "th day: " + i + ":\n|Seller|: price\nSeller 1: sold out\n:::\nYour price: low";
            impressions.add(impression(text));
            choices.add(seller(text));
            prices.add(price(text));
        }

        assertThat(impressions).containsExactlyInAnyOrderElementsOf(PromptFacts.IMPRESSIONS);
        assertThat(choices).containsExactly(-1, 0, 1, 2);
        assertThat(prices)
                .hasSizeGreaterThan(190)
                .allSatisfy(price -> assertThat(price).isBetween(0.0, 1.0));
    }

    @Test
    void shouldAnswerTheSameTextTheSame() {
        assertThat(price("anything")).isEqualTo(price("anything")).isNotEqualTo(price("anythinh"));
    }

    @Test
    void shouldMissTheFormInEveryWay() {
        Decision price = Decision.price("because", 0.5);
        assertThat(price.asMisfit(0)).isEqualTo("{\"reason\":\"because\",\"price\":\"the usual\"}");
        assertThat(price.asMisfit(1)).isEqualTo("{\"reason\":\"because\"}");
        assertThat(price.asMisfit(2)).isEqualTo("{\"reason\":\"because\",\"price\":null}");
        assertThat(Decision.impression(0).asMisfit(3)).isEqualTo("{\"impression\":\"splendid\"}");
        assertThat(Decision.choice("because", 2).asMisfit(5))
                .isEqualTo("{\"reason\":\"because\",\"seller\":2147483647}");
        assertThat(price.inForm()).isEqualTo("{\"reason\":\"because\",\"price\":0.5}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Answer with {\"reason\": string, \"price\": number}|PRICE",
                "Answer with {\"impression\" : \"good\"}|IMPRESSION",
                "Sellers are {\"seller\": 1, \"price\": 2}. Answer with {\"reason\": \"\", \"seller\": integer}|CHOICE",
                "What is the \"price\" of tea?|UNKNOWN"
            })
    void shouldSeeTheFormInTheWords(String text, Form form) {
        assertThat(Form.shownIn(text)).isEqualTo(form);
    }

    private static double price(String text) {
        return Rules.decide(Form.PRICE, text).answer().get("price").doubleValue();
    }

    private static String impression(String text) {
        return Rules.decide(Form.IMPRESSION, text).answer().get("impression").textValue();
    }

    private static int seller(String text) {
        return Rules.decide(Form.CHOICE, text).answer().get("seller").intValue();
    }
}
