package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
    private static final RunSpec MILLION_BUYERS =
            new RunSpec(MarketParameters.of(1, 0.8, 1_000_000, 10), 400, 42, "philox", 0.25);

    @Test
    void shouldLetAMillionBuyersRunInTwoGigabytes() {
        MemoryNeed need = MemoryNeed.of(MILLION_BUYERS, 2e9);

        assertThat(need.needed()).isBetween(80e6, 2e9);
        need.require(MILLION_BUYERS);
    }

    @Test
    void shouldSayHowMuchIsNeededAndHowMuchThereIs() {
        assertThatThrownBy(() -> MemoryNeed.of(MILLION_BUYERS, 100e6).require(MILLION_BUYERS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--num-buyers 1000000 with --num-sellers 10 and --Nt 400: needs ")
                .hasMessageContaining(
                        "must fit into the 100 MB that Java may use (MARKET_JAVA_OPTS=-Xmx1g allows more)");
    }

    @Test
    void shouldCountThePricesAndSharesOfTheEventsThatWait() {
        double series = (16.0 * 100_000 + 4) * 20;
        RunSpec many = new RunSpec(MarketParameters.of(1, 0.8, 1, 100_000), 20, 42, "philox", 0.25);
        RunSpec two = new RunSpec(MarketParameters.of(1, 0.8, 1, 3), 20, 42, "philox", 0.25);

        assertThat(MemoryNeed.of(many, 1e12).needed() - MemoryNeed.of(two, 1e12).needed())
                .isGreaterThan(series + 20 * 16.0 * 99_000);
    }

    @Test
    void shouldNotOverflow() {
        RunSpec largest =
                new RunSpec(MarketParameters.of(1, 0.8, 1_000_000_000, 1_000_000_000), 1_000_000_000, 1, "numpy", 0);

        assertThat(MemoryNeed.of(largest, 1e12).needed()).isGreaterThan(1e18);
    }
}
