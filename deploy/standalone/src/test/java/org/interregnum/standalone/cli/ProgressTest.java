package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.junit.jupiter.api.Test;
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
        assertThat(Progress.line(step, steps, Progress.left(step, steps, seconds * 1_000_000_000L)))
                .isEqualTo(line);
    }

    @Test
    void shouldTellInFullWhatModelsUsedAndMayUse() {
        DecisionStatistics.Sum sum = new DecisionStatistics.Sum(831, 52, 942, 300_816, 0.05064, 64.607, 1530.2);

        assertThat(Progress.use(sum, new Budget(1000, 500_000, 2.5), List.of()))
                .isEqualTo("; 52 of 831 decisions fell back, 942 of 1000 calls, 300816 of 500000 tokens,"
                        + " cost 0.0506 of 2.50, a decision takes 64.6 ms (median; 95th percentile 1.53 s)");
        assertThat(Progress.use(sum, Budget.UNLIMITED, List.of()))
                .isEqualTo("; 52 of 831 decisions fell back, 942 calls, 300816 tokens, cost 0.0506,"
                        + " a decision takes 64.6 ms (median; 95th percentile 1.53 s)");
    }

    @Test
    void shouldTellHowOftenModelsMayBeAskedWhenNothingHappens() {
        assertThat(Progress.use(
                        new DecisionStatistics.Sum(1, 0, 1, 200, Double.NaN, Double.NaN, Double.NaN),
                        Budget.UNLIMITED,
                        List.of("at most 1 call a minute")))
                .isEqualTo("; 1 calls, 200 tokens, at most 1 call a minute");
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() {
        double nan = Double.NaN;

        assertThat(Progress.use(new DecisionStatistics.Sum(0, 0, 0, 0, nan, nan, nan), Budget.UNLIMITED, List.of()))
                .isEqualTo("; 0 calls, 0 tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|80|54/59, 2 s left, 942 calls, 301k tokens, cost 0.0506, p50 64.6 ms, p95 1.53 s",
                "52|80|54/59, 2 s left, 52 fallbacks, 942 calls, 301k tokens, cost 0.0506, p50 64.6 ms",
                "1|40|54/59, 2 s left, 1 fallback, 942 calls",
                "0|12|54/59",
                "0|3|''"
            })
    void shouldFitOneLineOfATerminal(long fallbacks, int columns, String line) {
        DecisionStatistics.Sum sum = new DecisionStatistics.Sum(831, fallbacks, 942, 300_816, 0.05064, 64.607, 1530.2);
        String left = Progress.left(54, 59, 24_000_000_000L);

        String fitted = ProgressBarOnTerminal.fitted(Progress.pieces(54, 59, left, sum), columns);

        assertThat(fitted).hasSize(columns);
        assertThat(fitted.stripTrailing()).isEqualTo(line);
    }

    /** A run of 3 days that cost a lot still says what matters most. */
    @Test
    void shouldKeepLargeNumbersShort() {
        DecisionStatistics.Sum sum =
                new DecisionStatistics.Sum(9_000_000, 12_345, 9_876_543, 4_567_890_123L, 1234.5, 12_345, 99_999);

        assertThat(ProgressBarOnTerminal.fitted(Progress.pieces(123_456, 400_000, "about 51 h 3 min left", sum), 80)
                        .stripTrailing())
                .isEqualTo("123456/400000, 51 h 3 min left, 12345 fallbacks, 9.88M calls, 4568M tokens");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "9999,9999", "10000,10.0k", "99949,99.9k", "999499,999k", "999500,1.00M", "45300000,45.3M"})
    void shouldShortenCounts(long count, String text) {
        assertThat(ModelUse.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0.0000", "0.00001234,1.2e-05", "0.00006,0.0001", "0.05064,0.0506", "12.345,12.35", "1234.5,1234.50"})
    void shouldWriteMoneyTheFinerTheSmaller(double amount, String text) {
        assertThat(ModelUse.money(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.0123,0.01 ms", "9.994,9.99 ms", "57.73,57.7 ms", "999.4,999 ms", "999.6,1.00 s", "61000,61.0 s"})
    void shouldGiveTimesThreeDigits(double millis, String text) {
        assertThat(ModelUse.time(millis)).isEqualTo(text);
    }
}
