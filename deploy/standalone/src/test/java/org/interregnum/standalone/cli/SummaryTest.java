package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.decision.DecisionStatistics.Totals;
import org.interregnum.orchestrator.event.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
    @Test
    void shouldTellAPersonWhatCameOut() {
        OrderParameters order =
                new OrderParameters(300, 0.826056, 1, 3.34448, 0.8067, 0.72271, 2.98303, 1.12771, 2.9, 0);
        Summary summary = new Summary(
                10,
                399,
                RunStatus.FINISHED,
                399,
                182_000,
                order,
                Regime.ALTERNATING_MONOPOLIES,
                "runs/first",
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
                10, 399, RunStatus.INTERRUPTED, 0, Double.NaN, order, Regime.UNDETERMINED, "runs/first", List.of());

        assertThat(print(summary, false))
                .startsWith("Regime undetermined: 1 points after the burn-in are too few to tell; 50 are needed.")
                .contains("mean transaction price        not defined")
                .contains("time a step                   not defined")
                .contains("0 of 399    interrupted");
    }

    @Test
    void shouldAccountForModelsByOutcome() {
        Map<DecisionOutcome, Totals> sellers = new EnumMap<>(DecisionOutcome.class);
        sellers.put(DecisionOutcome.MODEL, new Totals(49, 49, 23_192, 1233, 0.0042186, 53.919, 86.719));
        sellers.put(DecisionOutcome.REPAIRED, new Totals(9, 18, 9005, 381, 0.0016, 108.351, 1580));
        sellers.put(DecisionOutcome.FALLBACK, new Totals(1, 2, 1013, 39, 0.0002, 136.575, 136.575));
        sellers.put(DecisionOutcome.UNDECIDED, new Totals(1, 1, 500, 20, 0.0001, 60, 60));
        Map<DecisionOutcome, Totals> buyers = new EnumMap<>(DecisionOutcome.class);
        double nan = Double.NaN;
        buyers.put(DecisionOutcome.FALLBACK, new Totals(2, 0, 0, 0, nan, nan, nan));
        Summary summary = summary(List.of(
                line("seller", new Totals(59, 70, 33_710, 1673, 0.0061186, 57.727, 158.08), sellers, "gpt-4o-2024"),
                line("buyer", new Totals(2, 0, 0, 0, nan, nan, nan), buyers)));

        assertThat(print(summary, false)).contains("""
                          points averaged               300 of 400  the rest is burn-in

                          sellers asked gpt-4o at openai, answered by gpt-4o-2024
                                      decisions   calls  tokens in  and out     cost p50 time p95 time
                            model            49      49      23192     1233   0.0042  53.9 ms  86.7 ms
                            repaired          9      18       9005      381   0.0016   108 ms   1.58 s
                            fallback          1       2       1013       39   0.0002   137 ms   137 ms
                            undecided       (1)       1        500       20   0.0001  60.0 ms  60.0 ms
                            all              59      70      33710     1673   0.0061  57.7 ms   158 ms

                          buyers asked gpt-4o at openai
                                      decisions   calls  tokens in  and out     cost p50 time p95 time
                            fallback          2       0          0        0
                            all               2       0          0        0

                          Warning: 3 of 61 decisions kept what was, for want of an acceptable answer; see decisions.jsonl
                          files                         runs/first
                        """).doesNotContain("scripted");
    }

    @Test
    void shouldSayThatNoLanguageModelAnswered() {
        Totals all = new Totals(1, 1, 500, 20, 0, 1, 1);

        String said =
                print(summary(List.of(line("seller", all, Map.of(DecisionOutcome.MODEL, all), "scripted"))), false);

        assertThat(said)
                .contains("sellers asked gpt-4o at openai, answered by scripted\n")
                .contains("\n  scripted: answers by rules, not a language model\n")
                .doesNotContain("Warning");
    }

    private static Summary summary(List<DecisionStatistics.Line> models) {
        OrderParameters order = new OrderParameters(300, 0.8, 0, 0, 0.8, 0.7, 3, 1, 3, 0);
        return new Summary(10, 399, RunStatus.FINISHED, 399, 1, order, Regime.STABLE_MONOPOLY, "runs/first", models);
    }

    private static DecisionStatistics.Line line(
            String kind, Totals all, Map<DecisionOutcome, Totals> byOutcome, String... answering) {
        return new DecisionStatistics.Line(
                new DecisionStatistics.Key(kind, "openai", "gpt-4o"),
                all,
                byOutcome,
                new TreeSet<>(List.of(answering)),
                Map.of());
    }

    @Test
    void shouldUseStylesOnlyWhereTheyAreShown() {
        OrderParameters order = new OrderParameters(300, 0.8, 0, 0, 0.8, 0.7, 3, 1, 3, 0);
        Summary summary = new Summary(
                10, 399, RunStatus.FINISHED, 399, 1, order, Regime.STABLE_MONOPOLY, "runs/first", List.of());

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
