package org.interregnum.orchestrator.adapter.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.interregnum.orchestrator.event.EventLogException;

/** The topics over which runs are handed out and what came of them comes back. Those that are missing are made. */
public final class RequestTopics {
    /** Runs that are to be run. */
    public static final String REQUESTS = "market.requests";

    /** What they came to. */
    public static final String RESULTS = "market.results";

    /** The group of orchestrators that take requests; each request goes to one of them. */
    public static final String GROUP = "market-orchestrators";

    /** As many orchestrators at most have something to do; more than that makes their shares more even. */
    static final int PARTITIONS = 24;

    private static final String THIRTY_DAYS = Long.toString(30L * 24 * 3600 * 1000);

    private final int requests;

    private RequestTopics(int requests) {
        this.requests = requests;
    }

    /**
     * Finds the topics, and makes those that are missing.
     *
     * @throws EventLogException when the broker does not answer, or does not let them be made
     */
    static RequestTopics find(KafkaConnection connection) {
        return KafkaAdmin.ask(connection, admin -> {
            KafkaTopics.make(admin, KafkaAdmin.missing(admin, wanted()));
            int partitions = admin.describeTopics(List.of(REQUESTS))
                    .allTopicNames()
                    .get()
                    .get(REQUESTS)
                    .partitions()
                    .size();
            return new RequestTopics(partitions);
        });
    }

    /** Who takes requests now; fails when nobody has ever done. */
    static KafkaFuture<ConsumerGroupDescription> group(Admin admin) {
        return admin.describeConsumerGroups(List.of(GROUP)).describedGroups().get(GROUP);
    }

    private static List<NewTopic> wanted() {
        Map<String, String> kept = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                THIRTY_DAYS,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaConnection.LARGEST_MESSAGE));
        return List.of(
                new NewTopic(REQUESTS, Optional.of(PARTITIONS), Optional.empty()).configs(kept),
                // One partition, so that results are in one order for everybody.
                new NewTopic(RESULTS, Optional.of(1), Optional.empty()).configs(kept));
    }

    /** All partitions of requests. */
    List<TopicPartition> requests() {
        return IntStream.range(0, requests)
                .mapToObj(number -> new TopicPartition(REQUESTS, number))
                .toList();
    }

    /** Where a cell's request goes: neighbours, which take about as long, to different partitions. */
    int partition(int cell) {
        return cell % requests;
    }

    /** The partition of results. */
    static TopicPartition results() {
        return new TopicPartition(RESULTS, 0);
    }
}
