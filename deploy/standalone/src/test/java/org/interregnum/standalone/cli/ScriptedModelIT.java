package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The scripted model in a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
class ScriptedModelIT {
    @Test
    @Timeout(60)
    void shouldSayWhereItListensAndServeUntilItIsTerminated() throws Exception {
        int port = AgentProcess.freePort();
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(List.of(Market.class.getName(), "serve", "scripted-model", "--port=" + port));
        Process model = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader said = model.inputReader()) {
            assertThat(said.readLine())
                    .isEqualTo("scripted model listens on http://127.0.0.1:" + port
                            + "/v1 (answers by rules, not a language model)");
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(health, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);

            // By its handle: the process itself would close what it says along with it.
            model.toHandle().destroy();
            assertThat(model.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(said.readLine()).isNull();
        } finally {
            model.destroyForcibly();
        }

        assertThat(model.exitValue()).isEqualTo(143);
    }
}
