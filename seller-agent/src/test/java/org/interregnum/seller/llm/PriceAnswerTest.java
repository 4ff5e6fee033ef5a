package org.interregnum.seller.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.interregnum.languagemodel.UnfitAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.53 | 0.53", "0 | 0", "-0.0 | 0", "-3 | 0", "1 | 1", "1e9 | 1e9", "5e-324 | 4.9e-324"})
    void shouldReadAPriceAndFloorIt(String written, double price) throws Exception {
        PriceAnswer answer =
                PriceAnswer.FORM.read(ReferenceValues.parsed("{\"reason\": \"so\", \"price\": " + written + "}"));
        assertThat(answer.reason()).isEqualTo("so");
        assertThat(Double.doubleToLongBits(answer.price())).isEqualTo(Double.doubleToLongBits(price));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | has no 'reason'",
                "[] | is no JSON object",
                "{\"reason\": \"\"} | has no 'price'",
                "{\"price\": 1} | has no 'reason'",
                "{\"reason\": 7, \"price\": 1} | has 7 as 'reason'; it must be a string",
                "{\"reason\": null, \"price\": 1} | has null as 'reason'; it must be a string",
                "{\"reason\": \"\", \"price\": \"1\"} | has \"1\" as 'price'; it must be a number",
                "{\"reason\": \"\", \"price\": null} | has null as 'price'; it must be a number",
                "{\"reason\": \"\", \"price\": [1]} | has [1] as 'price'; it must be a number",
                "{\"reason\": \"\", \"price\": 1, \"x\": 2} | has 'x', which was not asked for",
                "{\"reason\": \"\", \"price\": 1000000001}"
                        + " | has 1000000001 as 'price'; it must be a finite number of at most 1000000000"
            })
    void shouldRefuseWhatDoesNotFit(String answer, String message) {
        assertThatThrownBy(() -> PriceAnswer.FORM.read(ReferenceValues.parsed(answer)))
                .isInstanceOf(UnfitAnswerException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseInfinity() {
        assertThatThrownBy(() -> PriceAnswer.FORM.read(ReferenceValues.parsed("{\"reason\": \"\", \"price\": 1e999}")))
                .isInstanceOf(UnfitAnswerException.class);
    }

    @Test
    void shouldAskForBothPropertiesAndNoOthers() {
        assertThat(PriceAnswer.FORM.name()).isEqualTo("price");
        assertThat(PriceAnswer.FORM.schema().properties()).containsOnlyKeys("reason", "price");
        assertThat(PriceAnswer.FORM.schema().required()).containsExactly("reason", "price");
        assertThat(PriceAnswer.FORM.schema().additionalProperties()).isFalse();
    }
}
