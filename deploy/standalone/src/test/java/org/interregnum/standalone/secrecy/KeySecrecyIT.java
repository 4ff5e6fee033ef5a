package org.interregnum.standalone.secrecy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys reach their endpoints, and nothing else that a run says or leaves behind, whatever the endpoints make of them. */
@Tag("thorough")
@Timeout(180)
class KeySecrecyIT {
    /** What all keys have in common; without signs that a writer of JSON or of addresses might spell in another way. */
    private static final String SECRET = "interregnumsecret";

    private static final String OPENAI_KEY = "sk-" + SECRET + "-4f7c/openai==";
    private static final String LAB_KEY = "sk-" + SECRET + "-9b1e+lab/x";

    private static final Map<String, String> ENVIRONMENT =
            Map.of("OPENAI_API_KEY", OPENAI_KEY, "INTERREGNUM_LAB_API_KEY", LAB_KEY);
    private static final Map<String, String> TALKATIVE = Map.of(
            "QUARKUS_LOG_LEVEL", "DEBUG",
            "QUARKUS_LOG_CATEGORY__ORG_INTERREGNUM__LEVEL", "DEBUG",
            "QUARKUS_LOG_CATEGORY__IO_GRPC__LEVEL", "DEBUG");

    private static final int STOPPED = 3;

    /** All that is said and written ends here. */
    @TempDir
    private Path directory;

    private EchoingEndpoint endpoint;
    private Path run;

    @BeforeEach
    void start() throws IOException {
        endpoint = new EchoingEndpoint();
        run = directory.resolve("run");
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void shouldKeepKeysToItselfWhenItAsksModels() throws Exception {
        Process market = start("first", runCommand());
        endpoint.awaitBegin();
        List<String> shown = shownOf(market.toHandle());
        endpoint.allow();

        assertThat(exitCode(market)).as(said("first")).isEqualTo(STOPPED);
        assertStoppedByRefusal(said("first"));
        endpoint.mend();
        assertThat(exitCode(start("second", resumeCommand())))
                .as(said("second"))
                .isZero();
        replay();

        assertArrived();
        assertThat(shown).isNotEmpty().noneMatch(KeySecrecyIT::isTelling);
        assertKeptSecret();
    }

    @Test
    void shouldKeepKeysToThemselvesWhenServicesAskModels() throws Exception {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(TALKATIVE);
        try (AgentProcess seller = AgentProcess.start(SELLER, environment, directory.resolve("seller"));
                AgentProcess buyer = AgentProcess.start(BUYER, environment, directory.resolve("buyer"))) {
            String[] command = runCommand("--seller-target=" + seller.address(), "--buyer-target=" + buyer.address());
            CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(() -> CommandRun.of(command));
            endpoint.awaitBegin();
            List<String> shown = shownOf(seller.process().toHandle());
            shown.addAll(shownOf(buyer.process().toHandle()));
            endpoint.allow();

            CommandRun stopped = running.get(100, TimeUnit.SECONDS);
            keep(stopped, "first");
            assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(STOPPED);
            assertStoppedByRefusal(stopped.err());
            endpoint.mend();
            CommandRun resumed = CommandRun.of(resumeCommand());
            keep(resumed, "second");
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();

            assertThat(shown).isNotEmpty().noneMatch(KeySecrecyIT::isTelling);
        }
        replay();

        assertArrived();
        assertThat(said("seller")).contains(" DEBUG ");
        assertThat(said("buyer")).contains(" DEBUG ");
        assertKeptSecret();
    }

    private String[] runCommand(String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("run.yaml"), """
                J: 0.7
                rho: 0.9
                Nt: 11
                num-sellers: 4
                num-buyers: 24
                model: echoing
                max-fallback-rate: 1
                in-flight: 2
                sellers:
                  - range: 0-3
                    base-url: %1$s/openai/v1
                buyers:
                  - ratio: 0.25
                    endpoint: interregnum-lab
                    base-url: %1$s/lab/v1
                """.formatted(endpoint.url()));
        List<String> command = new ArrayList<>(List.of("run", "--file=" + file, "--out=" + run, "--no-fig"));
        command.addAll(Arrays.asList(options));
        return command.toArray(String[]::new);
    }

    private String[] resumeCommand() {
        return new String[] {"resume", run.toString(), "--no-fig"};
    }

    private void replay() throws IOException {
        CommandRun replayed = CommandRun.of(
                "replay", run.toString(), "--out", directory.resolve("again").toString());
        keep(replayed, "replay");
        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add(Market.class.getName());
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name).toFile());
        builder.environment().putAll(ENVIRONMENT);
        return builder.start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void keep(CommandRun command, String name) throws IOException {
        Files.writeString(directory.resolve(name), command.out() + command.err());
    }

    private String said(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** What other users of the machine can see of a process. */
    private static List<String> shownOf(ProcessHandle process) throws IOException {
        ProcessHandle.Info info = process.info();
        List<String> shown = new ArrayList<>();
        info.command().ifPresent(shown::add);
        info.commandLine().ifPresent(shown::add);
        info.arguments().ifPresent(arguments -> shown.addAll(Arrays.asList(arguments)));
        Path files = Path.of("/proc", Long.toString(process.pid()));
        if (Files.isDirectory(files)) {
            shown.add(Files.readString(files.resolve("cmdline"), ISO_8859_1));
            shown.add(Files.readString(files.resolve("comm"), ISO_8859_1));
        }
        return shown;
    }

    private static void assertStoppedByRefusal(String said) {
        assertThat(said).contains("HTTP 401: Incorrect API key provided: Bearer ***.");
    }

    /** Otherwise nothing could have leaked. */
    private void assertArrived() throws IOException {
        assertThat(endpoint.requests())
                .filteredOn(request -> request.path().equals("/openai/v1/chat/completions"))
                .isNotEmpty()
                .extracting(EchoingEndpoint.Request::authorization)
                .containsOnly("Bearer " + OPENAI_KEY);
        assertThat(endpoint.requests())
                .filteredOn(request -> !request.path().startsWith("/openai/"))
                .isNotEmpty()
                .containsOnly(new EchoingEndpoint.Request("/lab/v1/chat/completions", "Bearer " + LAB_KEY));
        assertThat(endpoint.requests()).hasSizeGreaterThan(EchoingEndpoint.ANSWERS);
        assertThat(Files.readString(run.resolve("decisions.jsonl")))
                .contains("Bearer ***", "the connection broke: ", "HTTP 500: ");
    }

    private void assertKeptSecret() throws IOException {
        int seen = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertThat(tellingLines(new String(bytes, ISO_8859_1)))
                        .as(file.toString())
                        .isEmpty();
                if (file.toString().endsWith(".npz")) {
                    for (String array : unzipped(bytes)) {
                        assertThat(isTelling(array)).as(file.toString()).isFalse();
                    }
                    seen++;
                }
            }
        }
        assertThat(seen).as("archives, of the run and its replay").isEqualTo(2);
    }

    private static List<String> unzipped(byte[] bytes) throws IOException {
        List<String> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(new String(zip.readAllBytes(), ISO_8859_1));
            }
        }
        return entries;
    }

    private static List<String> tellingLines(String text) {
        return text.lines().filter(KeySecrecyIT::isTelling).toList();
    }

    private static boolean isTelling(String text) {
        return text.contains(SECRET);
    }
}
