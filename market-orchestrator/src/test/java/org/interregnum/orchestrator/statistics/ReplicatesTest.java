package org.interregnum.orchestrator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicatesTest {
    @Test
    void shouldCountASeedOnceHoweverOftenItWasRun() {
        Replicates replicates = new Replicates();
        replicates.add(2, 10);
        replicates.add(1, 1);
        replicates.add(1, 3);
        replicates.add(1, 5);

        assertThat(replicates.meansBySeed()).containsExactly(Map.entry(1L, 3.0), Map.entry(2L, 10.0));
        assertThat(replicates.estimate(Bootstrap.DEFAULT).mean()).isEqualTo(6.5);
        assertThat(replicates.estimate(Bootstrap.DEFAULT).seeds()).isEqualTo(2);
        assertThat(replicates.variance(0.95).orElseThrow().runs()).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutWhatIsNotDefined() {
        Replicates replicates = new Replicates();
        replicates.add(1, Double.NaN);

        assertThat(replicates.estimate(Bootstrap.DEFAULT)).isEqualTo(new Estimate(0, Double.NaN, Interval.UNDEFINED));
        assertThat(replicates.variance(0.95)).isEmpty();
    }
}
