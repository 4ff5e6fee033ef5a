package org.interregnum.orchestrator.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.sweep.CellLimits;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellRequest;
import org.interregnum.orchestrator.sweep.CellResult;
import org.interregnum.orchestrator.sweep.CellUse;
import org.interregnum.orchestrator.sweep.SweepSource;
import org.junit.jupiter.api.Test;

class CellRequestJsonTest {
    private static final CellLimits SOME = new CellLimits(7, Long.MAX_VALUE, 0.5);

    @Test
    void shouldReadTheRequestThatItWrote() {
        CellRequest request = new CellRequest(
                "map-1",
                5,
                2,
                "1.0",
                new SweepSource(Map.of("--J", "0,1"), Optional.of("2"), Optional.of("3"), "sweep.yaml", "rho: 0.8\n"),
                true,
                SOME);

        assertThat(CellRequestJson.request(CellRequestJson.write(request))).isEqualTo(request);
    }

    @Test
    void shouldReadTheResultThatItWroteWithWhatItsModelsWereAllowed() {
        CellUse use = new CellUse(2, 30, 0.25, 1, 3, 40, 0.3);
        CellResult result =
                new CellResult("map-1", 2, "here", SOME, CellOutcome.failed(5, "disk full", Optional.of(use)));

        assertThat(CellRequestJson.result(CellRequestJson.write(result))).isEqualTo(result);
    }

    @Test
    void shouldReadResultsFromBeforeTheyHadLimits() {
        String text = CellRequestJson.write(
                new CellResult("map-1", 2, "here", CellLimits.NONE, CellOutcome.failed(5, "disk full")));
        String before = text.replaceFirst("\"limits\":\\{[^}]*},", "");

        assertThat(before).doesNotContain("limits");
        assertThat(CellRequestJson.result(before).limits()).isEqualTo(CellLimits.NONE);
    }
}
