package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.junit.jupiter.api.Test;

class DecisionStatisticsTest {
    private final DecisionStatistics statistics = new DecisionStatistics();

    @Test
    void shouldCountByOutcomeAndLeaveOutWhatWasNotDecided() {
        add(1, DecisionOutcome.MODEL, 10);
        add(2, DecisionOutcome.MODEL, 20);
        add(3, DecisionOutcome.FALLBACK, 30);
        add(4, DecisionOutcome.UNDECIDED, 40);

        assertThat(statistics.byOutcome())
                .containsEntry(DecisionOutcome.MODEL, 2L)
                .containsEntry(DecisionOutcome.FALLBACK, 1L)
                .hasSize(2);
        DecisionStatistics.Sum sum = statistics.sum();
        assertThat(sum)
                .usingRecursiveComparison()
                .ignoringFields("medianMillis", "percentile95Millis")
                .isEqualTo(new DecisionStatistics.Sum(3, 1, 4, 400, 0, 0, 0));
        // Of 10, 20, 30 and 40 ms, the second and the fourth.
        assertThat(sum.medianMillis()).isEqualTo(20, within(0.1));
        assertThat(sum.percentile95Millis()).isEqualTo(40, within(0.1));
        DecisionStatistics.Line line = statistics.lines().get(0);
        assertThat(line.all().decisions()).isEqualTo(3);
        assertThat(line.all().calls()).isEqualTo(4);
        assertThat(line.byOutcome().keySet())
                .containsExactly(DecisionOutcome.MODEL, DecisionOutcome.FALLBACK, DecisionOutcome.UNDECIDED);
        assertThat(line.byOutcome().get(DecisionOutcome.MODEL).medianMillis()).isEqualTo(10, within(0.1));
        assertThat(line.byOutcome().get(DecisionOutcome.MODEL).percentile95Millis())
                .isEqualTo(20, within(0.1));
        assertThat(line.byOutcome().get(DecisionOutcome.UNDECIDED).decisions()).isEqualTo(1);
    }

    @Test
    void shouldAddUpTheCostOfModelsWithKnownPrices() {
        assertThat(statistics.sum().cost()).isNaN();

        statistics.add(costing(1, 0.25));
        statistics.add(costing(2, Double.NaN));
        statistics.add(costing(3, 0.5));

        assertThat(statistics.sum().cost()).isEqualTo(0.75);
    }

    private static DecisionRecord costing(long step, double cost) {
        DecisionRecord decision = DecisionTestData.decision(DecisionTestData.price(step, 0), DecisionOutcome.MODEL, "");
        return new DecisionRecord(
                decision.step(), decision.kind(), decision.subject(), decision.model(), decision.answer(), cost);
    }

    @Test
    void shouldSumUpWhatAModelUsed() {
        for (int step = 1; step <= 100; step++) {
            add(step, DecisionOutcome.MODEL, step);
        }
        DecisionStatistics.Line line = statistics.lines().get(0);
        assertThat(statistics.lines()).hasSize(1);
        assertThat(line.key()).isEqualTo(new DecisionStatistics.Key("seller", "local", "fake-local"));
        assertThat(line.all().calls()).isEqualTo(100);
        assertThat(line.all().inputTokens()).isEqualTo(7000);
        assertThat(line.all().outputTokens()).isEqualTo(3000);
        assertThat(line.all().medianMillis()).isEqualTo(50, within(0.1));
        assertThat(line.all().percentile95Millis()).isEqualTo(95, within(0.1));
        assertThat(line.providerModels()).containsExactly("fake-1");
        assertThat(line.promptHashes()).containsEntry(DecisionKind.PRICE, "00");
    }

    @Test
    void shouldKnowNoLatencyWithoutACall() {
        statistics.add(
                DecisionTestData.decision(DecisionTestData.price(1, 0), DecisionOutcome.FALLBACK, "no connection"));
        assertThat(statistics.lines().get(0).all().medianMillis()).isNaN();
    }

    private void add(long step, DecisionOutcome outcome, int millis) {
        statistics.add(DecisionTestData.decision(
                DecisionTestData.price(step, 0),
                outcome,
                "",
                DecisionTestData.call("price?", 70, 30, millis * 1_000_000L)));
    }
}
