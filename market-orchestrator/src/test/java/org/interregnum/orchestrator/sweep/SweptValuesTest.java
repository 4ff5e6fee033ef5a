package org.interregnum.orchestrator.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweptValuesTest {
    @Test
    void shouldCountDecimalsAsPeopleDo() {
        assertThat(SweptValues.parse("0:1.5:0.15", true))
                .containsExactly("0", "0.15", "0.3", "0.45", "0.6", "0.75", "0.9", "1.05", "1.2", "1.35", "1.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;1",
                ".5, 0.25 ,1e-1;0.5,0.25,0.1",
                "0:1:0.3;0,0.3,0.6,0.9",
                "3:1:-1;3,2,1",
                "2:2:1;2",
                "0.05,1:3:1,10;0.05,1,2,3,10",
                "1e3:3e3:1e3;1000,2000,3000"
            })
    void shouldReadListsAndRanges(String text, String values) {
        assertThat(SweptValues.parse(text, true)).containsExactly(values.split(","));
    }

    @Test
    void shouldLeaveTextsAsTheyAre() {
        assertThat(SweptValues.parse("http://localhost:8000/v1, rule", false))
                .isEqualTo(List.of("http://localhost:8000/v1", "rule"));
    }

    @Test
    void shouldLeaveWhatIsNoNumberToWhoeverKnowsTheRange() {
        assertThat(SweptValues.parse("1,x", true)).containsExactly("1", "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1,,2", "1,", "0:1:0", "0:1:-0.1", "1:0:0.1", "0:1", "0:1:2:3", "0:a:1", "1,1.0", "0:1e9:1"})
    void shouldRefuseWhatIsNeither(String text) {
        assertThatThrownBy(() -> SweptValues.parse(text, true)).isInstanceOf(InvalidParameterException.class);
    }
}
