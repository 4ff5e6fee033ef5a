package org.interregnum.languagemodel.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoDecimalsTest {
    // The right column is what Python's f"{x:.2f}" prints, but for the sign of a zero.
    @ParameterizedTest
    @CsvSource({
        "0.125, 0.12",
        "0.375, 0.38",
        "0.005, 0.01",
        "0.015, 0.01",
        "2.675, 2.67",
        "-0.001, 0.00",
        "-0.0, 0.00",
        "-0.005, -0.01",
        "-0.125, -0.12",
        "0.995, 0.99",
        "1, 1.00",
        "1e9, 1000000000.00",
        "1e22, 10000000000000000000000.00",
        "4.9e-324, 0.00"
    })
    void shouldRoundTheExactValueAndATieToTheEvenDigit(double value, String text) {
        assertThat(TwoDecimals.of(value)).isEqualTo(text);
    }
}
