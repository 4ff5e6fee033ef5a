package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1200|4000|10|step 1200 of 4000 (30%), about 23 s left",
                "1|4000|1|step 1 of 4000 (0%), about 1 h 6 min left",
                "100|4000|10|step 100 of 4000 (2%), about 6 min 30 s left",
                "4000|4000|10|step 4000 of 4000 (100%), about 0 s left",
                "0|4000|10|step 0 of 4000 (0%), time left not known yet",
                "0|0|10|step 0 of 0 (0%), time left not known yet"
            })
    void shouldTellWhereTheRunIsAndHowLongItWillTake(long step, long steps, long seconds, String line) {
        assertThat(Progress.line(step, steps, seconds * 1_000_000_000L)).isEqualTo(line);
    }
}
