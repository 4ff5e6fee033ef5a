package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.interregnum.orchestrator.adapter.kafka.KafkaClientProperties;
import org.interregnum.standalone.MarketProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose log is on a Kafka that wants encryption and a password. */
@Tag("thorough")
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
        MarketProcess run = market(
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
        assertThat(run.await(100)).as(run.said()).isZero();
        MarketProcess events =
                market(environment, "events", folder.resolve("right-run").toString());
        assertThat(events.await(100)).as(events.said()).isZero();
        assertThat(events.out().lines().filter(line -> line.contains("stepTaken") || line.contains("step_taken")))
                .as(events.out())
                .hasSize(49);
        assertThat(Files.readString(folder.resolve("right-run/run.json"))).doesNotContain(PASSWORD);
    }

    @Test
    void shouldSayInOneLineThatThePasswordIsWrongAndNotWhichItWas() throws Exception {
        MarketProcess run = market(
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
        assertThat(run.await(100)).as(run.said()).isEqualTo(2);
        assertThat(run.said().lines()).hasSize(1);
        assertThat(run.said()).contains("Kafka at " + broker.address()).containsIgnoringCase("authentication");
        assertThat(run.out() + run.said()).doesNotContain(WRONG);
        assertThat(folder.resolve("wrong-run")).doesNotExist();
    }

    @Test
    void shouldRefuseAPropertyThatIsTheProgramsOwn() throws Exception {
        MarketProcess run = market(
                environment("foreign", Map.of("transactional.id", "mine")),
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=50",
                "--kafka=" + broker.address(),
                "--out=" + folder.resolve("foreign-run"));
        assertThat(run.await(100)).as(run.said()).isEqualTo(2);
        assertThat(run.said().lines()).hasSize(1);
        assertThat(run.said()).contains("INTERREGNUM_KAFKA_PROPERTIES").contains("sets transactional.id");
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

    private static MarketProcess market(Map<String, String> environment, String... arguments) throws Exception {
        return MarketProcess.start(folder, environment, arguments);
    }
}
