package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaAgents;
import org.interregnum.orchestrator.adapter.kafka.KafkaCells;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.standalone.cli.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The topics: made as the documents say, and deleted while a run writes to them. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class KafkaTopicsIT {
    private static final String LARGEST_MESSAGE = Integer.toString(16 << 20);

    @TempDir
    private Path directory;

    @RegisterExtension
    private final OwnBroker broker = new OwnBroker();

    @Test
    void shouldBeMadeAsTheDocumentsSay() throws Exception {
        KafkaConnection connection = new KafkaConnection(broker.address());
        KafkaRun.create(connection, "first", BrokerListener.NONE).close();
        new KafkaAgents(connection, "service").remove("nobody");
        KafkaCells.open(connection, "sweep").close();

        try (Admin admin = admin()) {
            assertThat(partitions(admin))
                    .containsOnly(
                            Map.entry("market.runs", 1),
                            Map.entry("market.steps", 8),
                            Map.entry("market.decisions", 8),
                            Map.entry("market.agents", 1),
                            Map.entry("market.requests", 24),
                            Map.entry("market.results", 1));
            for (String compacted : List.of("market.runs", "market.agents")) {
                assertThat(settings(admin, compacted))
                        .containsEntry("cleanup.policy", "compact")
                        .containsEntry("max.message.bytes", LARGEST_MESSAGE);
            }
            for (String kept : List.of("market.steps", "market.decisions")) {
                assertThat(settings(admin, kept))
                        .containsEntry("cleanup.policy", "delete")
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("retention.bytes", "-1")
                        .containsEntry("max.message.bytes", LARGEST_MESSAGE);
            }
            for (String handedOut : List.of("market.requests", "market.results")) {
                assertThat(settings(admin, handedOut))
                        .containsEntry("cleanup.policy", "delete")
                        .containsEntry("retention.ms", Long.toString(TimeUnit.DAYS.toMillis(30)))
                        .containsEntry("max.message.bytes", LARGEST_MESSAGE);
            }
        }
    }

    /** Only a topic that somebody else made takes such a record. */
    @Test
    void shouldPassOverAnAgentWithoutAKey() throws Exception {
        KafkaAgents agents = new KafkaAgents(new KafkaConnection(broker.address()), "service");
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("market.agents", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("market.agents", "hello".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        assertThat(agents.read()).isEmpty();
    }

    @Test
    void shouldEndARunWhoseTopicIsGoneWithOneLineThatNamesIt() throws Exception {
        CompletableFuture<CommandRun> running = start();
        awaitSteps();
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of("market.steps")).all().get();
        }

        CommandRun run = running.get(150, TimeUnit.SECONDS);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .as(run.err())
                .contains("market run: " + kafka() + " takes nothing: its topic market.steps is gone; waiting ...")
                .noneMatch(line -> line.contains("does not answer"))
                .last()
                .asString()
                .matches(
                        "market run: stopped after step \\d+ of 999999: cannot write to " + kafka()
                                + ": its topic market.steps is gone, and with it what was there of the run gone; what there is so far is in .*");
    }

    private CompletableFuture<CommandRun> start() {
        return CompletableFuture.supplyAsync(() -> CommandRun.of(
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=1000000",
                "--num-buyers=100",
                "--no-fig",
                "--quiet",
                "--out=" + directory.resolve("gone"),
                "--kafka=" + broker.address()));
    }

    private String kafka() {
        return "Kafka at " + broker.address();
    }

    private void awaitSteps() throws InterruptedException {
        while (true) {
            try {
                if (PlainReader.records(broker.address(), "market.steps", "gone")
                                .size()
                        > 100) {
                    return;
                }
            } catch (IllegalStateException | NullPointerException e) {
                // The topic is about to be made.
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.address()));
    }

    private static Map<String, Integer> partitions(Admin admin) throws Exception {
        List<String> names = admin.listTopics().names().get().stream().toList();
        return admin.describeTopics(names).allTopicNames().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> topic.getValue().partitions().size()));
    }

    private static Map<String, String> settings(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Stream<ConfigEntry> entries =
                admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream();
        return entries.filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
