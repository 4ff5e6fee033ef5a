package org.interregnum.orchestrator.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private final KafkaConnection connection = new KafkaConnection("broker:9092");

    @Test
    void shouldKnowABrokerThatMayAnswerLater() {
        assertThat(connection.problem(new TimeoutException("Timed out waiting\nfor a node.")))
                .isInstanceOf(BrokerAwayException.class)
                .hasMessage("Kafka at broker:9092 does not answer: Timed out waiting for a node");
        // What a controller says of a broker that was away for longer than its session.
        assertThat(connection.problem(new InvalidReplicationFactorException(
                        "Unable to replicate the partition 1 time(s): All brokers are currently fenced.")))
                .isInstanceOf(BrokerAwayException.class);
    }

    @Test
    void shouldNotWaitForWhatStaysAsItIs() {
        assertThat(
                        connection.problem(
                                new InvalidReplicationFactorException(
                                        "The target replication factor of 3 cannot be reached because only 1 broker(s) are registered.")))
                .isNotInstanceOf(BrokerAwayException.class)
                .hasMessageStartingWith("Kafka at broker:9092: The target replication factor of 3");
        assertThat(connection.problem(new TopicAuthorizationException("market.runs")))
                .isNotInstanceOf(BrokerAwayException.class);
    }
}
