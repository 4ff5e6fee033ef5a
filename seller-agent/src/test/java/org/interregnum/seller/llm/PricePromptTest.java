package org.interregnum.seller.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.interregnum.seller.llm.ReferenceValues.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricePromptTest {
    /** A fact is a name of capital letter and then a number, a range of the histogram, or a rival. */
    private static final String FACT = "(Your price|Your market share|Buyers seen by the research|Mean|Median"
            + "|Standard deviation|Minimum|Maximum|\\d+th percentile|\\[.*[])]|Seller \\d+): .*";

    private static final ModelSeller SELLER = new ModelSeller(null, Optional.empty());

    static Stream<Arguments> situations() {
        return ReferenceValues.lines("price-prompts.jsonl").stream()
                .flatMap(line -> Stream.of("plain", "terse").map(variant -> Arguments.of(variant, line)));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void shouldStateEveryNumberAsComputedElsewhere(String variant, JsonNode reference) {
        double[] premiums = numbers(reference.get("premiums"));
        PricingSituation situation = new PricingSituation(
                1,
                reference.get("seller").intValue(),
                numbers(reference.get("prices")),
                numbers(reference.get("shares")),
                premiums,
                premiums.length,
                0,
                0.08,
                reference.get("research").booleanValue() ? Information.RESEARCH : Information.PRICE_ONLY);
        List<String> facts = StreamSupport.stream(reference.get("facts").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
        assertThat(SELLER.prompt(situation, variant).user().lines().filter(line -> line.matches(FACT)))
                .containsExactlyElementsOf(facts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "terse"})
    void shouldReadAsReviewed(String variant) {
        StringBuilder text = new StringBuilder();
        append(text, "Research", SELLER.prompt(situation(Information.RESEARCH, 4, 0), variant));
        append(text, "Price only, with a cost", SELLER.prompt(situation(Information.PRICE_ONLY, 4, 0.2), variant));
        append(text, "Nobody seen", SELLER.prompt(situation(Information.RESEARCH, 0, 0), variant));
        assertThat(text.toString()).isEqualTo(ReferenceValues.text("price-" + variant + ".txt"));
    }

    @Test
    void shouldSayNothingOfPremiumsToASellerThatKnowsPricesOnly() {
        assertThat(SELLER.prompt(situation(Information.PRICE_ONLY, 4, 0), "plain")
                        .user())
                .contains("Buyers seen by the research: 4")
                .doesNotContainIgnoringCase("premium")
                .doesNotContainIgnoringCase("histogram");
    }

    @Test
    void shouldNameOneWordingByOneHashWhateverTheSituation() {
        Prompt research = SELLER.prompt(situation(Information.RESEARCH, 4, 0.2), "");
        Prompt priceOnly = SELLER.prompt(situation(Information.PRICE_ONLY, 4, 0), "plain");
        Prompt terse = SELLER.prompt(situation(Information.RESEARCH, 4, 0.2), "terse");
        assertThat(research.variant()).isEqualTo("plain");
        assertThat(research.hash()).matches("[0-9a-f]{64}").isEqualTo(priceOnly.hash());
        assertThat(terse.hash()).isNotEqualTo(research.hash());
    }

    @Test
    void shouldTakeAUsersWordingAndSayWhatIsWrongWithIt(@TempDir Path directory) throws Exception {
        Path mine = Files.createDirectory(directory.resolve("mine"));
        Files.writeString(
                mine.resolve("price-system.txt"), "Seller {{seller}} of {{sellers}}, step {{step}}: {{form}}");
        Files.writeString(mine.resolve("price-user.txt"), "{{price}}\n{{#research}}\n{{mean}}\n{{/research}}\n");
        ModelSeller seller = new ModelSeller(null, Optional.of(directory));
        Prompt prompt = seller.prompt(situation(Information.RESEARCH, 4, 0), "mine");
        assertThat(prompt.system()).isEqualTo("Seller 1 of 3, step 7: {\"reason\": string, \"price\": number}");
        assertThat(prompt.user()).isEqualTo("0.53\n0.12");

        Files.writeString(mine.resolve("price-user.txt"), "{{mean}}");
        assertThatThrownBy(() -> new ModelSeller(null, Optional.of(directory))
                        .prompt(situation(Information.RESEARCH, 4, 0), "mine"))
                .isInstanceOf(PromptException.class)
                .hasMessage("mine/price-user.txt: {{mean}} may only stand between the lines {{#research}} and"
                        + " {{/research}}");
    }

    private static void append(StringBuilder text, String title, Prompt prompt) {
        text.append("=== ").append(title).append(": system\n").append(prompt.system());
        text.append("\n=== ")
                .append(title)
                .append(": user\n")
                .append(prompt.user())
                .append('\n');
    }

    private static PricingSituation situation(Information information, int count, double unitCost) {
        return new PricingSituation(
                7,
                1,
                new double[] {0.41, 0.53, 0.6},
                new double[] {0.3, 0.12, 0.5},
                new double[] {-1, 2, -0.75, 0.25, Double.NaN},
                count,
                unitCost,
                0.08,
                information);
    }
}
