package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
    private static final RunSpec SPEC = new RunSpec(MarketParameters.of(1, 0.8), 400, 42, "numpy", 0.25);

    @Test
    void shouldTellAPersonWhatCameOut() {
        OrderParameters order =
                new OrderParameters(300, 0.826056, 1, 3.34448, 0.8067, 0.72271, 2.98303, 1.12771, 2.9, 0);
        Summary summary = new Summary(
                SPEC,
                RunStatus.FINISHED,
                399,
                72_618_000,
                order,
                Regime.ALTERNATING_MONOPOLIES,
                Path.of("runs/first"),
                List.of());

        assertThat(print(summary, false)).isEqualTo("""
                        Alternating monopolies: one seller takes most of the market, overprices, falls, and another takes over.

                          mean leader share             0.826       of all buyers
                          lead changes in 1000 steps    3.344
                          Herfindahl-Hirschman index    0.723       0.100 when shares are equal, 1 for one seller
                          mean transaction price        2.983       units of utility
                          volatility of that price      1.128       units of utility, standard deviation over time
                          industry profit net of cost   2.900       units of utility a buyer and step
                          share buying nothing          0           of all buyers
                          time a step                   182.0 us

                          steps taken                   399 of 399
                          points averaged               300 of 400  the rest is burn-in
                          files                         runs/first
                        """);
    }

    @Test
    void shouldSayWhatIsNotDefined() {
        double nan = Double.NaN;
        OrderParameters order = new OrderParameters(1, 0, 0, nan, -0.1, nan, nan, nan, 0, 1);
        Summary summary = new Summary(
                SPEC, RunStatus.INTERRUPTED, 0, 0, order, Regime.UNDETERMINED, Path.of("runs/first"), List.of());

        assertThat(print(summary, false))
                .startsWith("Regime undetermined: 1 points after the burn-in are too few to tell; 50 are needed.")
                .contains("mean transaction price        not defined")
                .contains("time a step                   not defined")
                .contains("0 of 399    interrupted");
    }

    @Test
    void shouldUseStylesOnlyWhereTheyAreShown() {
        OrderParameters order = new OrderParameters(300, 0.8, 0, 0, 0.8, 0.7, 3, 1, 3, 0);
        Summary summary = new Summary(
                SPEC, RunStatus.FINISHED, 399, 1, order, Regime.STABLE_MONOPOLY, Path.of("runs/first"), List.of());

        assertThat(print(summary, false)).doesNotContain("\u001b");
        assertThat(print(summary, true)).startsWith("\u001b[1mStable monopoly\u001b[0m: ");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.12345,0.123", "-0.5,-0.500", "0.00012345,1.23e-04", "123456.7,123456.700", "1e9,1.00e+09"})
    void shouldKeepNumbersShort(double value, String text) {
        assertThat(Summary.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"123456,123.5 us", "12345678,12.35 ms", "2500000000,2.50 s"})
    void shouldChooseTheUnitOfATime(double nanos, String text) {
        assertThat(Summary.time(nanos)).isEqualTo(text);
    }

    private static String print(Summary summary, boolean colour) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        summary.print(new PrintStream(out, true, StandardCharsets.UTF_8), colour);
        return out.toString(StandardCharsets.UTF_8);
    }
}
