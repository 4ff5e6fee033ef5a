package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.interregnum.standalone.recorded.TimedModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runs of an orchestrator service keep to a limit of calls a minute together, whoever asks the model. */
@Tag("thorough")
@Timeout(240)
class CallsPerMinuteOfServiceIT {
    private static final int LIMIT = 300;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepToOneLimitOverAllRuns() throws Exception {
        try (TimedModel model = TimedModel.start();
                ServiceWithAgents market = ServiceWithAgents.start(folder, Map.of())) {
            String body = "{\"J\": 1, \"rho\": 0.8, \"Nt\": 26, \"num-buyers\": 40, \"fig\": false,"
                    + " \"sellers\": \"llm\", \"model\": \"fixed\", \"endpoint\": \"local\", \"calls-per-minute\": "
                    + LIMIT + ", \"base-url\": \"" + model.url() + "\"}";
            long since = System.nanoTime();
            market.service().create("?id=one", body);
            market.service().create("?id=other", body);
            market.service().awaitState("one", "finished");
            market.service().awaitState("other", "finished");
            assertThat(model.calls()).isEqualTo(2 * 25);
            model.assertPace(since, LIMIT, 1);
        }
    }
}
