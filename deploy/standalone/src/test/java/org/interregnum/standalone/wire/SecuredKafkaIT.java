package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.adapter.kafka.KafkaClientProperties;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose log is on a Kafka that wants encryption and a password. */
@Timeout(240)
class SecuredKafkaIT {
    private static final String PASSWORD = "open-sesame-4711";
    private static final String WRONG = "open-barley-4712";

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(folder, TestAuthority.create(folder, "authority"), PASSWORD);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        broker.close();
    }

    @Test
    void shouldKeepTheLogWhereTheNameAndPasswordAreRight() throws Exception {
        Map<String, String> environment = environment("right", broker.clientProperties(PASSWORD));
        Ended run = market(
                environment,
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=50",
                "--num-buyers=100",
                "--no-fig",
                "--quiet",
                "--kafka=" + broker.address(),
                "--out=" + folder.resolve("right-run"));
        assertThat(run.exit).as(run.err).isZero();
        Ended events = market(environment, "events", folder.resolve("right-run").toString());
        assertThat(events.exit).as(events.err).isZero();
        assertThat(events.out.lines().filter(line -> line.contains("stepTaken") || line.contains("step_taken")))
                .as(events.out)
                .hasSize(49);
        assertThat(Files.readString(folder.resolve("right-run/run.json"))).doesNotContain(PASSWORD);
    }

    @Test
    void shouldSayInOneLineThatThePasswordIsWrongAndNotWhichItWas() throws Exception {
        Ended run = market(
                environment("wrong", broker.clientProperties(WRONG)),
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=50",
                "--num-buyers=100",
                "--no-fig",
                "--quiet",
                "--kafka=" + broker.address(),
                "--out=" + folder.resolve("wrong-run"));
        assertThat(run.exit).as(run.err).isEqualTo(2);
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("Kafka at " + broker.address()).containsIgnoringCase("authentication");
        assertThat(run.out + run.err).doesNotContain(WRONG);
        assertThat(folder.resolve("wrong-run")).doesNotExist();
    }

    @Test
    void shouldRefuseAPropertyThatIsTheProgramsOwn() throws Exception {
        Ended run = market(
                environment("foreign", Map.of("transactional.id", "mine")),
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=50",
                "--kafka=" + broker.address(),
                "--out=" + folder.resolve("foreign-run"));
        assertThat(run.exit).as(run.err).isEqualTo(2);
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("INTERREGNUM_KAFKA_PROPERTIES").contains("sets transactional.id");
    }

    private static Map<String, String> environment(String name, Map<String, String> client) throws Exception {
        Properties properties = new Properties();
        properties.putAll(client);
        Path file = folder.resolve(name + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return Map.of(KafkaClientProperties.VARIABLE, file.toString());
    }

    private static Ended market(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add(Market.class.getName());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "market", ".out");
        Path err = Files.createTempFile(folder, "market", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Ended(int exit, String out, String err) {}
}
