package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Utils;

/** The topics of all runs. Those that are missing are made; those that are there stay as their owner made them. */
public final class KafkaTopics {
    /** What is known of each run; the latest alone is kept. */
    public static final String RUNS = "market.runs";

    /** Every event of every run. */
    public static final String STEPS = "market.steps";

    /** Every decision of a model. */
    public static final String DECISIONS = "market.decisions";

    /** The agents that services know; the latest alone is kept. */
    public static final String AGENTS = "market.agents";

    /** A run is in one partition, so that its events are in order; this many runs can be written side by side. */
    static final int PARTITIONS = 8;

    private static final int MOMENT_MILLIS = 2_000;
    private static final String FOR_EVER = "-1";
    private static final String QUARTER_OF_AN_HOUR = "900000";

    private final Map<String, Integer> partitions;

    private KafkaTopics(Map<String, Integer> partitions) {
        this.partitions = partitions;
    }

    /**
     * Finds the topics.
     *
     * @param make whether those that are missing are made
     * @return the topics; empty when one is missing and none may be made
     */
    static Optional<KafkaTopics> find(KafkaConnection connection, boolean make) {
        return KafkaAdmin.ask(connection, admin -> {
            List<NewTopic> missing = KafkaAdmin.missing(admin, wanted());
            if (!missing.isEmpty() && !make) {
                return Optional.empty();
            }
            make(admin, missing);
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(List.of(RUNS, STEPS, DECISIONS))
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) ->
                            partitions.put(name, topic.partitions().size()));
            return Optional.of(new KafkaTopics(partitions));
        });
    }

    /** Whether there is a topic of agents. */
    static boolean hasAgents(KafkaConnection connection) {
        return KafkaAdmin.ask(
                connection, admin -> admin.listTopics().names().get().contains(AGENTS));
    }

    /**
     * The first of some topics that is not there; asked for a moment only.
     *
     * @throws org.interregnum.orchestrator.event.EventLogException when the broker does not answer
     */
    static Optional<String> firstMissing(KafkaConnection connection, Collection<String> wanted) {
        return KafkaAdmin.ask(connection, admin -> {
            Set<String> there = admin.listTopics(new ListTopicsOptions().timeoutMs(MOMENT_MILLIS))
                    .names()
                    .get();
            return wanted.stream().filter(topic -> !there.contains(topic)).findFirst();
        });
    }

    /** Makes the topic of agents if it is missing. Apart from the others: a service alone has agents. */
    static void makeAgents(KafkaConnection connection) {
        KafkaAdmin.ask(connection, admin -> {
            make(
                    admin,
                    KafkaAdmin.missing(
                            admin,
                            List.of(new NewTopic(AGENTS, Optional.of(1), Optional.empty()).configs(compacted()))));
            return true;
        });
    }

    /** Makes topics, and waits until they can be used. */
    static void make(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        for (NewTopic topic : missing) {
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                // Another orchestrator was quicker.
            }
        }
        // A topic that was just made is not known to all at once.
        for (int attempt = 0; !missing.isEmpty() && attempt < 100; attempt++) {
            try {
                if (admin
                        .describeTopics(missing.stream().map(NewTopic::name).toList())
                        .allTopicNames()
                        .get()
                        .values()
                        .stream()
                        .allMatch(topic -> topic.partitions().stream().allMatch(each -> each.leader() != null))) {
                    return;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
            }
            KafkaConnection.pause(50);
        }
    }

    private static List<NewTopic> wanted() {
        String largest = Integer.toString(KafkaConnection.LARGEST_MESSAGE);
        // The broker decides on replicas: one node has one.
        Optional<Short> replicas = Optional.empty();
        return List.of(
                new NewTopic(RUNS, Optional.of(1), replicas).configs(compacted()),
                new NewTopic(STEPS, Optional.of(PARTITIONS), replicas).configs(kept(largest)),
                new NewTopic(DECISIONS, Optional.of(PARTITIONS), replicas).configs(kept(largest)));
    }

    private static Map<String, String> compacted() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaConnection.LARGEST_MESSAGE),
                // What is outdated goes soon, so that the topic can be read as a whole.
                TopicConfig.SEGMENT_MS_CONFIG,
                QUARTER_OF_AN_HOUR,
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.1");
    }

    private static Map<String, String> kept(String largest) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, FOR_EVER,
                TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largest);
    }

    /** Where the records of a new run go: to where every producer would put that key. */
    List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, partitions.get(topic))
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    TopicPartition partition(String topic, String runId) {
        int hash = Utils.toPositive(Utils.murmur2(runId.getBytes(StandardCharsets.UTF_8)));
        return new TopicPartition(topic, hash % partitions.get(topic));
    }
}
