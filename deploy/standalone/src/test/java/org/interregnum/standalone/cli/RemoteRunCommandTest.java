package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.interregnum.standalone.remote.StubService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RemoteRunCommandTest {
    private static final String RUN = "{\"id\":\"mine\",\"state\":\"%s\",\"reason\":\"%s\",\"step\":2,\"steps\":2}";
    private static final String STEPS = "GET /api/v1/runs/mine/steps";

    @TempDir
    private Path folder;

    private StubService service;

    @BeforeEach
    void start() throws IOException {
        service = new StubService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private CommandRun run(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(new String[] {"run", "--J=1", "--rho=0.8", "--Nt=3", "--id=mine"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return RemoteRun.at(service.url(), all);
    }

    private static String end(String state, String reason) {
        return "id:0\nevent:step\ndata:{\"step\":0}\n\nevent:end\ndata:" + RUN.formatted(state, reason) + "\n\n";
    }

    @Test
    void shouldSendTheRunFileWithTheOptionsInPlace() throws IOException {
        service.on("POST /api/v1/runs", 201, "application/json", RUN.formatted("waiting", ""));
        Path file = Files.writeString(folder.resolve("run.yaml"), """
                network_effect: 0.5
                rho: 0.7
                points: 9
                num-buyers: 1000
                fig: true
                quiet: true
                out: runs/elsewhere
                sellers:
                  - {range: 0-4, model: a}
                """);

        CommandRun run = run("--file", file.toString(), "--no-fig", "--detach", "--out=" + folder.resolve("x"));
        assertThat(run.err()).contains("--out has no effect with --detach");
        Files.writeString(file, Files.readString(file).replace("out: runs/elsewhere\n", ""));
        run = run("--file", file.toString(), "--no-fig", "--detach");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("mine\n");
        assertThat(service.heard())
                .containsExactly("POST /api/v1/runs?id=mine {\"num-buyers\":\"1000\",\"sellers\":[{\"range\":\"0-4\","
                        + "\"model\":\"a\"}],\"J\":\"1\",\"rho\":\"0.8\",\"Nt\":\"3\",\"no-fig\":\"true\"}");
    }

    @Test
    void shouldSayWhatIsWrongBeforeAnybodyIsAsked() throws IOException {
        assertThat(RemoteRun.at(service.url(), "run", "--J=1", "--rho=0", "--Nt=3")
                        .err())
                .startsWith("market run: --rho 0: must be");
        assertThat(RemoteRun.at(service.url(), "run", "--J=1").err()).contains("--rho is missing");
        assertThat(run("--kafka=localhost:9092").err())
                .contains("is the orchestrator service's to decide; must be left out with --server");
        assertThat(RemoteRun.at(service.url(), "events", "mine", "--kafka=localhost:9092")
                        .err())
                .contains("is for runs of this machine; must be left out with --server");
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("x"), "x");
        assertThat(run("--out=" + full).err()).contains("holds files already");
        assertThat(service.heard()).isEmpty();
    }

    @Test
    void shouldNotAskTwiceForARunWhoseAnswerWasLost() {
        service.on("POST /api/v1/runs", HttpExchange::close)
                .on("GET /api/v1/runs/mine", RUN.formatted("running", ""))
                .onStream(STEPS, end("finished", ""));

        CommandRun run = run("--quiet");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(service.heard()).filteredOn(call -> call.startsWith("POST")).hasSize(1);
    }

    @Test
    void shouldAskAgainForARunThatDidNotArrive() {
        service.on("POST /api/v1/runs", HttpExchange::close)
                .on("POST /api/v1/runs", 201, "application/json", RUN.formatted("waiting", ""))
                .onStream(STEPS, end("finished", ""));

        CommandRun run = run("--quiet");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(service.heard()).filteredOn(call -> call.startsWith("POST")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"failed,3", "budget_spent,4", "stopped,130", "finished,0"})
    void shouldEndAsTheRunDoes(String state, int exitCode) {
        service.on("POST /api/v1/runs", 201, "application/json", RUN.formatted("waiting", ""))
                .onStream(STEPS, end(state, "for a reason"))
                .on(
                        "GET /api/v1/runs/mine/files/run.json",
                        "{\"spec\":{\"num_sellers\":10,\"Nt\":3,\"burn_in\":0},\"points\":3,\"order_parameters\":"
                                + "{\"mean_leader_share\":0.5},\"regime\":\"undetermined\",\"left_out\":[]}");

        CommandRun run = run("--server", service.url());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains("the run mine is at " + service.url());
        if (exitCode == 3) {
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("stopped after step 2 of 2: for a reason; what there is so far can be had with 'market"
                            + " --server " + service.url() + " fetch mine --out DIR', and 'market --server "
                            + service.url() + " resume mine' goes on");
        } else {
            assertThat(run.out())
                    .contains("mean leader share             0.500")
                    .contains("points averaged               3 of 3")
                    .contains("files                         with 'market --server " + service.url()
                            + " fetch mine --out DIR'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with words", "../up", ""})
    void shouldRefuseANameThatIsNone(String id) {
        CommandRun run = RemoteRun.at(service.url(), "run", "--J=1", "--rho=0.8", "--Nt=3", "--id=" + id);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--id").contains("must be the name of a run");
    }

    @Test
    void shouldFetchWhatThereIs() throws IOException {
        service.on("POST /api/v1/runs", 201, "application/json", RUN.formatted("waiting", ""))
                .onStream(STEPS, end("finished", ""))
                .on("GET /api/v1/runs/mine/files/run.json", "{\"points\":3,\"spec\":{\"Nt\":3,\"num_sellers\":10}}")
                .on("GET /api/v1/runs/mine/files/series.npz", HttpExchange::close)
                .on("GET /api/v1/runs/mine/files/series.npz", 200, "application/octet-stream", "arrays");
        Path out = folder.resolve("new").resolve("out");

        CommandRun run = run("--quiet", "--out=" + out);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(out.resolve("series.npz")).hasContent("arrays");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "series.npz");
        }
        assertThat(run.out()).contains("files                         " + out);
    }
}
