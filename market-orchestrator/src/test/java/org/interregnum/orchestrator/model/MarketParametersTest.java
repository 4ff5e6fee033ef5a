package org.interregnum.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketParametersTest {
    @Test
    void shouldScaleTheNetworkEffect() {
        assertThat(MarketParameters.of(1, 0.8).networkEffect())
                .as("10 / sqrt(ln 5) = 7.88248")
                .isCloseTo(7.882480, within(1e-6));
        assertThat(MarketParameters.of(1, 0.8).activityProbability()).isCloseTo(0.184207, within(1e-6));
    }

    @Test
    void shouldCapTheCost() {
        MarketParameters parameters = new MarketParameters(10, 3, 0, 1, 0, 1, 2, 0.25, 0, 1);

        assertThat(parameters.cost(0.1)).isEqualTo(0.2);
        assertThat(parameters.cost(0.9)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "buyers, 0",
        "buyers, 1000000001",
        "sellers, 2",
        "sellers, 1000000001",
        "scaledNetworkEffect, -0.1",
        "scaledNetworkEffect, NaN",
        "scaledNetworkEffect, Infinity",
        "updateRate, 0",
        "updateRate, -1",
        "updateRate, NaN",
        "updateRate, 4.4",
        "preferenceMean, NaN",
        "preferenceDeviation, -1",
        "unitCost, -1",
        "unitCost, Infinity",
        "costCap, 1.1",
        "costCap, -0.1",
        "noise, -1",
        "visibility, 1.5",
        "visibility, NaN"
    })
    void shouldRefuseWhatIsOutOfRangeAndNameIt(String parameter, double value) {
        assertThatThrownBy(() -> with(parameter, value)).isInstanceOfSatisfying(InvalidParameterException.class, e -> {
            assertThat(e.parameter()).isEqualTo(parameter);
            assertThat(Double.compare(Double.parseDouble(e.value()), value)).isZero();
            assertThat(e.rule()).startsWith("must be");
        });
    }

    @Test
    void shouldTakeTheLargestUpdateRate() {
        double largest = 10 / Math.log(10);
        assertThat(MarketParameters.of(1, largest).activityProbability()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 10, 11, 100, 12_345, 1_000_000_000})
    void shouldTakeTheLargestUpdateRateThatTheMessageNames(int sellers) {
        InvalidParameterException complaint =
                catchThrowableOfType(InvalidParameterException.class, () -> MarketParameters.of(1, 1e9, 100, sellers));
        Matcher bound = Pattern.compile("M / ln\\(M\\), ([0-9.]+) for").matcher(complaint.rule());

        assertThat(bound.find()).as(complaint.rule()).isTrue();
        double largest = Double.parseDouble(bound.group(1));
        assertThat(MarketParameters.of(1, largest, 100, sellers).activityProbability())
                .isCloseTo(1, within(1e-4));
    }

    private static MarketParameters with(String parameter, double value) {
        Map<String, Double> one = Map.of(parameter, value);
        return new MarketParameters(
                one.getOrDefault("buyers", 100.0).intValue(),
                one.getOrDefault("sellers", 10.0).intValue(),
                one.getOrDefault("scaledNetworkEffect", 1.0),
                one.getOrDefault("updateRate", 0.8),
                one.getOrDefault("preferenceMean", 0.5),
                one.getOrDefault("preferenceDeviation", 1.0),
                one.getOrDefault("unitCost", 0.0),
                one.getOrDefault("costCap", 0.08),
                one.getOrDefault("noise", 0.0),
                one.getOrDefault("visibility", 1.0));
    }
}
