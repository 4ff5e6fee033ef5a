package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.run.RunInstruments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What liveness looks at: a run that says that it is under way, while its thread has ended. */
@Timeout(60)
class StuckRunTest {
    private static final String MARKET = "{\"J\": 1, \"rho\": 0.8, \"Nt\": 20, \"num-buyers\": 20, \"fig\": false,"
            + " \"seller-target\": \"127.0.0.1:1\", \"buyer-target\": \"127.0.0.1:1\"}";

    @TempDir
    private Path data;

    @Test
    void shouldNameARunThatLostItsThread() throws Exception {
        RunInstruments faulty = new RunInstruments() {
            @Override
            public void begins() {
                throw new AssertionError("a fault of the program, made by a test");
            }
        };
        try (MarketService service = service(run -> run.equals("lost") ? faulty : RunInstruments.NONE)) {
            assertThat(service.stuck()).isEmpty();
            service.create(Optional.of("lost"), MARKET, false);
            while (service.stuck().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(service.stuck()).containsExactly("lost");
        }
    }

    @Test
    void shouldNotNameARunThatIsHeld() throws Exception {
        try (MarketService service = service(RunInstruments.Factory.NONE)) {
            service.create(Optional.of("held"), MARKET, true);
            assertThat(service.stuck()).isEmpty();
            assertThat(service.health().disk()).isEmpty();
        }
    }

    private MarketService service(RunInstruments.Factory instruments) {
        ServiceSettings settings = ServiceSettings.of(
                "test", data, Optional.empty(), "protobuf", Optional.empty(), Optional.empty(), "2m", List.of(), 2);
        MarketService service = new MarketService(settings, (run, step, line) -> {}, instruments);
        service.recover();
        return service;
    }
}
