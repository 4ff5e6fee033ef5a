package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.cli.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A broker that answers, but no longer takes what a run sends it. */
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class StrictBrokerIT {
    @TempDir
    private Path directory;

    private Path data;
    private TestBroker broker;
    private Process strict;

    @BeforeEach
    void startBroker() throws IOException {
        data = Files.createDirectory(directory.resolve("broker"));
        broker = TestBroker.own(data);
    }

    @AfterEach
    void removeBrokers() throws InterruptedException {
        if (strict != null) {
            strict.destroyForcibly().waitFor();
        }
        if (broker != null) {
            broker.remove();
        }
    }

    @Test
    void shouldEndARunWithOneLineThatSaysWhy() throws Exception {
        CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(() -> CommandRun.of(
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=1000000",
                "--num-buyers=100",
                "--no-fig",
                "--quiet",
                "--out=" + directory.resolve("refused"),
                "--kafka=" + broker.address()));
        while (Files.notExists(directory.resolve("refused/run.json"))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.SECONDS.sleep(2);
        broker.kill();
        // Shorter than the transactions of any run.
        startStrict("transaction.max.timeout.ms=10000");

        CommandRun run = running.get(300, TimeUnit.SECONDS);

        assertThat(run.exitCode()).isEqualTo(1);
        String kafka = "Kafka at " + broker.address();
        assertThat(run.errLines())
                .as(run.err())
                .last()
                .asString()
                .matches("market run: stopped after step \\d+ of 999999: cannot write to " + kafka
                        + ": .*transaction timeout.*; what there is so far is in .*");
    }

    private void startStrict(String setting) throws IOException {
        Path properties = data.resolve("strict.properties");
        Files.copy(data.resolve("server.properties"), properties);
        Files.writeString(properties, setting + "\n", StandardOpenOption.APPEND);
        Path libraries = Path.of(System.getProperty("basedir", "")).resolve("../kafka-broker/target/lib");
        strict = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dinterregnum.broker.log=" + data.resolve("strict.log"),
                        "-cp",
                        libraries + File.separator + "*",
                        "org.interregnum.broker.KafkaBroker",
                        properties.toString()))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("strict.out").toFile())
                .start();
    }
}
