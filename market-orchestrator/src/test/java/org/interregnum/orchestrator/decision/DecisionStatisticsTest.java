package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
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
        assertThat(statistics.sum()).isEqualTo(new DecisionStatistics.Sum(3, 1, 4, 400, 0));
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
