package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
class RemoteCommandsTest {
    private static final String RUN =
            "{\"id\":\"first\",\"state\":\"%s\",\"reason\":\"%s\",\"step\":2,\"steps\":2,\"created\":"
                    + "\"2026-11-24T04:52:00.853Z\",\"directory\":\"runs/first\"}";
    private static final String STEPS = "GET /api/v1/runs/first/steps";

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

    private static String run(String state, String reason) {
        return RUN.formatted(state, reason);
    }

    private static String steps(String end) {
        return "id:0\nevent:step\ndata:{\"step\":0}\n\nid:1\nevent:step\ndata:{\"step\":1}\n\nid:2\nevent:step\ndata:"
                + "{\"step\":2}\n\nevent:end\ndata:" + end + "\n\n";
    }

    @Test
    void shouldListRunsAsATableOrAsJson() {
        service.on("GET /api/v1/runs", "[" + run("failed", "seller agent\\nis away") + "]");

        CommandRun table = RemoteRun.at(service.url(), "list", "--state", "failed");
        CommandRun json = RemoteRun.at(service.url(), "list", "--json");

        assertThat(table.exitCode()).isZero();
        assertThat(table.out()).isEqualTo("""
                RUN    STATE   STEP  OF  CREATED               REASON
                first  failed  2     2   2026-11-24T04:52:00Z  seller agent is away
                """);
        assertThat(json.out()).startsWith("[{\"id\":\"first\"").hasLineCount(1);
        assertThat(service.heard()).containsExactly("GET /api/v1/runs?state=failed", "GET /api/v1/runs");
    }

    @Test
    void shouldListRunsPageByPage() {
        service.on("GET /api/v1/runs", "[]");
        assertThat(RemoteRun.at(service.url(), "list", "--limit", "20").exitCode())
                .isZero();
        assertThat(RemoteRun.at(service.url(), "list", "--state", "failed", "--limit", "20", "--after", "first")
                        .exitCode())
                .isZero();
        assertThat(service.heard())
                .containsExactly("GET /api/v1/runs?limit=20", "GET /api/v1/runs?state=failed&limit=20&after=first");
        CommandRun none = RemoteRun.at(service.url(), "list", "--limit", "0");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("market list: --limit 0: must be a whole number from 1 to ");
        CommandRun noName = RemoteRun.at(service.url(), "list", "--after", "a/b");
        assertThat(noName.exitCode()).isEqualTo(2);
        assertThat(noName.err()).startsWith("market list: --after a/b: must be the name of a run");
    }

    @Test
    void shouldRemoveARun() {
        service.on("DELETE /api/v1/runs/first", "");
        CommandRun removed = RemoteRun.at(service.url(), "remove", "first");
        assertThat(removed.err()).isEmpty();
        assertThat(removed.exitCode()).isZero();
        assertThat(removed.out()).isEqualTo("first is removed\n");
        assertThat(service.heard()).containsExactly("DELETE /api/v1/runs/first");
        assertThat(RemoteRun.of(Map.of(), "remove", "first").err()).startsWith("market remove: --server is missing");
    }

    @Test
    void shouldTakeTheServiceBeforeAndBehindTheCommand() {
        service.on("GET /api/v1/runs", "[]");
        String url = service.url() + "/api/v1/";

        assertThat(RemoteRun.of(Map.of(), "--server", url, "list").exitCode()).isZero();
        assertThat(RemoteRun.of(Map.of(), "list", "--server=" + url).exitCode()).isZero();
        CommandRun twice = RemoteRun.of(Map.of(), "--server", url, "list", "--server", url);
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.err()).isEqualTo("market list: --server is given more than once: must be given once\n");
    }

    @Test
    void shouldSendTheTokenOfTheEnvironmentOrAFile() throws IOException {
        service.on("GET /api/v1/runs", "[]");
        Path file = Files.writeString(folder.resolve("token"), "of-a-file\n");
        String url = service.url();

        RemoteRun.of(Map.of("INTERREGNUM_SERVER", url, "INTERREGNUM_TOKEN", "of-a-variable"), "list");
        RemoteRun.of(Map.of("INTERREGNUM_SERVER", url, "INTERREGNUM_TOKEN_FILE", file.toString()), "list");
        RemoteRun.of(Map.of("INTERREGNUM_TOKEN", "x"), "--server", url, "--token-file", file.toString(), "list");

        assertThat(service.heard())
                .containsExactly(
                        "GET /api/v1/runs Authorization=Bearer of-a-variable",
                        "GET /api/v1/runs Authorization=Bearer of-a-file",
                        "GET /api/v1/runs Authorization=Bearer of-a-file");
    }

    @Test
    void shouldNotRepeatATokenThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "se cret");

        CommandRun run = RemoteRun.at(service.url(), "list", "--token-file", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--token-file has no token").doesNotContain("cret");
    }

    @Test
    void shouldSayWhichVariableHasTheToken() {
        service.onProblem("GET /api/v1/runs", 401, "a bearer token is needed");

        CommandRun without = RemoteRun.at(service.url(), "list");
        CommandRun wrong =
                RemoteRun.of(Map.of("INTERREGNUM_SERVER", service.url(), "INTERREGNUM_TOKEN", "wrong"), "list");

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err())
                .isEqualTo("market list: " + service.url()
                        + " wants a token; set INTERREGNUM_TOKEN, or INTERREGNUM_TOKEN_FILE to a file with it\n");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("does not take this token").doesNotContain("wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "400,application/problem+json,2,count 0: must be 1",
        "409,application/problem+json,2,count 0: must be 1",
        "422,application/problem+json,2,count 0: must be 1",
        "500,application/problem+json,1,count 0: must be 1",
        "502,application/problem+json,3,count 0: must be 1",
        "503,application/problem+json,1,answers 503: count 0: must be 1",
        "502,text/html,1,answers 502",
        "403,text/html,2,INTERREGNUM_TOKEN",
        "302,text/html,2,is it the right URL?",
        "404,text/html,2,is it the right URL?",
        "200,text/html,2,is it the right URL?"
    })
    void shouldSayInALineWhatIsWrong(int status, String type, int exitCode, String words) {
        String body = type.startsWith("text") ? "<html>" : "{\"detail\":\"count 0: must be 1\"}";
        service.on("POST /api/v1/runs/first/pause", status, type, body);

        CommandRun run = RemoteRun.at(service.url(), "pause", "first");

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).startsWith("market pause: ").contains(words).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldNameAServiceThatCannotBeReached() {
        String url = service.url();
        service.close();

        CommandRun list = RemoteRun.at(url, "list");
        CommandRun run = RemoteRun.at(url, "run", "--J=1", "--rho=0.8", "--Nt=3");

        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.err()).isEqualTo("market list: cannot reach " + url + ": connection refused\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("market run: cannot reach " + url + ": connection refused\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://localhost",
                "localhost:8080",
                "http://",
                "http://a b",
                "http://x/?q=1",
                "http://x#f",
                "http:///p"
            })
    void shouldRefuseWhatIsNoUrlOfAService(String url) {
        CommandRun run = RemoteRun.of(Map.of(), "--server", url, "list");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("must be the URL of an orchestrator service")
                .hasLineCount(1);
    }

    @Test
    void shouldNotRepeatAPasswordInAUrl() {
        CommandRun run = RemoteRun.of(Map.of(), "--server", "http://me:secret@localhost", "list");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "-x", "%2e", "a b", "é"})
    void shouldRefuseNamesThatAreNone(String name) {
        CommandRun run = RemoteRun.at(service.url(), "stop", "--", name);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("must be the name of a run");
        assertThat(service.heard()).isEmpty();
    }

    @Test
    void shouldSayWhatWorksHereAlone() {
        assertThat(RemoteRun.of(Map.of(), "--server", service.url(), "replay", "runs/first")
                        .err())
                .isEqualTo(
                        "market replay: --server: 'market replay' works on this machine alone; leave it out, and fetch"
                                + " the run first: market --server URL fetch RUN --out DIR\n");
        CommandRun check = RemoteRun.of(Map.of(), "check", "--J=1", "--rho=0.8", "--Nt=3", "--server", service.url());
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("'market check' works on this machine alone; leave it out");
        // The variable is for all commands of a session, and no mistake.
        assertThat(RemoteRun.at(service.url(), "check", "--J=1", "--rho=0.8", "--Nt=3")
                        .exitCode())
                .isZero();
        assertThat(service.heard()).isEmpty();
    }

    @Test
    void shouldSayWhatNeedsAService() {
        CommandRun list = RemoteRun.of(Map.of(), "list");
        CommandRun detached = RemoteRun.of(Map.of(), "run", "--J=1", "--rho=0.8", "--Nt=3", "--detach");

        assertThat(list.exitCode()).isEqualTo(2);
        assertThat(list.err()).contains("--server is missing").contains("INTERREGNUM_SERVER");
        assertThat(detached.exitCode()).isEqualTo(2);
        assertThat(detached.err()).contains("--detach has no effect without --server");
    }

    @ParameterizedTest
    @CsvSource({"finished,'',0", "failed,agents are away,3", "budget_spent,max-calls,4", "stopped,by the user,130"})
    void shouldWatchInLinesAndEndAsTheRunDoes(String state, String reason, int exitCode) {
        service.on("GET /api/v1/runs/first", run("running", "")).onStream(STEPS, steps(run(state, reason)));

        CommandRun watch = RemoteRun.at(service.url(), "watch", "first");

        assertThat(watch.exitCode()).isEqualTo(exitCode);
        assertThat(watch.out()).isEqualTo("{\"step\":0}\n{\"step\":1}\n{\"step\":2}\n");
        assertThat(watch.err())
                .isEqualTo(
                        exitCode == 0
                                ? ""
                                : "market watch: first is " + state.replace('_', ' ') + " after step 2 of 2: " + reason
                                        + "\n");
    }

    @Test
    void shouldRefuseToWatchWhatThereIsNot() {
        CommandRun watch = RemoteRun.at(service.url(), "watch", "first");

        assertThat(watch.exitCode()).isEqualTo(2);
        assertThat(watch.err()).isEqualTo("market watch: there is no such thing\n");
    }

    @Test
    void shouldPrintEventsOfSomeSteps() {
        String log = "{\"run_started\":{}}\n{\"market_opened\":{}}\n{\"step_taken\":{\"step\":\"1\"}}\n"
                + "{\"step_taken\":{\"step\":\"2\"}}\n{\"run_ended\":{\"last_step\":\"2\"}}\n";
        service.on("GET /api/v1/runs/first/events", 200, "application/x-ndjson", log);

        assertThat(RemoteRun.at(service.url(), "events", "first").out()).isEqualTo(log);
        assertThat(RemoteRun.at(service.url(), "events", "first", "--from=2", "--to=2")
                        .out())
                .isEqualTo("{\"step_taken\":{\"step\":\"2\"}}\n{\"run_ended\":{\"last_step\":\"2\"}}\n");
    }

    @Test
    void shouldResumeWithOtherLimits() {
        service.on("POST /api/v1/runs/first/resume", run("waiting", ""))
                .on(
                        "GET /api/v1/runs/first/files/request.yaml",
                        200,
                        "application/yaml",
                        "# Interregnum request\nJ: 1\nmax_calls: 5\nsellers: [{range: 0-4, model: a}]\n");

        CommandRun plain = RemoteRun.at(service.url(), "resume", "first");
        RemoteRun.at(service.url(), "resume", "first", "--max-calls", "9", "--paused");

        assertThat(plain.exitCode()).isZero();
        assertThat(plain.out()).isEqualTo("first is waiting after step 2 of 2\n");
        assertThat(service.heard()).first().isEqualTo("POST /api/v1/runs/first/resume");
        assertThat(service.heard())
                .last()
                .isEqualTo("POST /api/v1/runs/first/resume?paused=true {\"J\":\"1\",\"sellers\":[{\"range\":\"0-4\","
                        + "\"model\":\"a\"}],\"max-calls\":\"9\"}");
    }

    @Test
    void shouldRegisterAndAssignAgents() {
        String agent =
                "{\"name\":\"mini\",\"role\":\"seller\",\"address\":\"localhost:9001\",\"strategy\":\"\",\"model\":"
                        + "\"gpt\",\"implementation\":\"rule\",\"version\":\"1\",\"health\":\"%s\",\"problem\":\"\"}";
        service.on("POST /api/v1/agents", 201, "application/json", agent.formatted("serving"))
                .on("POST /api/v1/agents/mini/check", agent.formatted("failing"))
                .on("DELETE /api/v1/agents/mini", 204, "application/json", "")
                .on(
                        "POST /api/v1/runs/first/assignments",
                        201,
                        "application/json",
                        "[{\"sellers\":\"0-4\",\"count\":5,\"agent\":\"mini\",\"address\":\"localhost:9001\",\"strategy\":"
                                + "\"\",\"model\":\"gpt\",\"since\":7}]");
        String[] register = {
            "agents",
            "register",
            "mini",
            "--role",
            "seller",
            "--address",
            "localhost:9001",
            "--model",
            "gpt",
            "--temperature",
            "0"
        };

        CommandRun registered = RemoteRun.at(service.url(), register);
        CommandRun checked = RemoteRun.at(service.url(), "agents", "check", "mini");
        CommandRun assigned = RemoteRun.at(
                service.url(), "agents", "assign", "mini", "first", "--sellers=0-4", "--on-failure=previous");
        CommandRun removed = RemoteRun.at(service.url(), "agents", "remove", "mini");

        assertThat(registered.exitCode()).as(registered.err()).isZero();
        assertThat(registered.out()).contains("mini   seller  localhost:9001  model gpt   rule 1          serving");
        assertThat(checked.exitCode()).isEqualTo(3);
        assertThat(assigned.out()).contains("sellers 0-4  5      mini   localhost:9001  model gpt   7");
        assertThat(removed.exitCode()).as(removed.err()).isZero();
        assertThat(service.heard())
                .contains(
                        "POST /api/v1/agents {\"name\":\"mini\",\"role\":\"seller\",\"address\":\"localhost:9001\","
                                + "\"model\":{\"model\":\"gpt\",\"temperature\":\"0\"}}",
                        "POST /api/v1/runs/first/assignments {\"agent\":\"mini\",\"sellers\":\"0-4\",\"on-failure\":"
                                + "\"previous\"}");
        assertThat(RemoteRun.at(service.url(), "agents", "assign", "mini", "first")
                        .exitCode())
                .isEqualTo(2);
    }
}
