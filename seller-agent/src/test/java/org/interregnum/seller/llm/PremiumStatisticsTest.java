package org.interregnum.seller.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.interregnum.seller.llm.ReferenceValues.number;
import static org.interregnum.seller.llm.ReferenceValues.numbers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PremiumStatisticsTest {
    static Stream<Arguments> references() {
        return ReferenceValues.lines("premium-statistics.jsonl").stream()
                .map(line -> Arguments.of(line.get("name").textValue(), line));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void shouldAgreeWithNumPy(String name, JsonNode reference) {
        double[] premiums = numbers(reference.get("premiums"));
        PremiumStatistics statistics = PremiumStatistics.of(premiums, premiums.length);
        double magnitude = Math.max(Math.abs(statistics.minimum()), Math.abs(statistics.maximum()));

        assertThat(statistics.count()).isEqualTo(premiums.length);
        assertThat(statistics.bins()).containsExactly(integers(reference.get("bins")));
        assertThat(statistics.edges()).containsExactly(numbers(reference.get("edges")));
        assertThat(statistics.minimum()).isEqualTo(number(reference.get("minimum")));
        assertThat(statistics.maximum()).isEqualTo(number(reference.get("maximum")));
        assertThat(statistics.median()).isEqualTo(number(reference.get("median")));
        assertThat(statistics.percentile25()).isEqualTo(number(reference.get("percentile25")));
        assertThat(statistics.percentile75()).isEqualTo(number(reference.get("percentile75")));
        assertThat(statistics.mean()).isCloseTo(number(reference.get("mean")), within(1e-12 * magnitude));
        assertThat(statistics.standardDeviation())
                .isCloseTo(number(reference.get("standardDeviation")), within(1e-12 * magnitude));
    }

    @Test
    void shouldRegardTheFirstElementsOnlyAndLeaveThemAsTheyAre() {
        double[] premiums = {2, 1, 3, 100};
        assertThat(PremiumStatistics.of(premiums, 3).maximum()).isEqualTo(3);
        assertThat(premiums).containsExactly(2, 1, 3, 100);
    }

    @Test
    void shouldCountEveryPremiumWhereNumPyRefusesToMakeBins() {
        for (double[] premiums : new double[][] {
            {1, Math.nextUp(1.0), 1}, {0, Double.MIN_VALUE}, {1e17, 1e17}, {1e16, 1e16 + 2, 1e16 + 4}, {-1e300, -1e300}
        }) {
            PremiumStatistics statistics = PremiumStatistics.of(premiums, premiums.length);
            assertThat(Arrays.stream(statistics.bins()).sum()).isEqualTo(premiums.length);
        }
    }

    @Test
    void shouldRefuseWhatOverflowsAndWhatIsEmpty() {
        assertThatThrownBy(() -> PremiumStatistics.of(new double[] {1e200, -1e200}, 2))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> PremiumStatistics.of(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, 2))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> PremiumStatistics.of(new double[] {1}, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int[] integers(JsonNode list) {
        int[] integers = new int[list.size()];
        Arrays.setAll(integers, index -> list.get(index).intValue());
        return integers;
    }
}
