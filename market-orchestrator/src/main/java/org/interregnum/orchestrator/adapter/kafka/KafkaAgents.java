package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.interregnum.event.v1.AgentRecord;
import org.interregnum.orchestrator.adapter.protobuf.AgentRecordCodec;
import org.interregnum.orchestrator.agent.RegisteredAgent;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * The agents of an orchestrator service in {@value KafkaTopics#AGENTS}, so that the service that comes after it knows them,
 * wherever that runs. They change seldom; so each change has a connection of its own.
 */
public final class KafkaAgents {
    private static final String TYPE = "AgentRecord";
    private static final TopicPartition PARTITION = new TopicPartition(KafkaTopics.AGENTS, 0);

    private final KafkaConnection connection;
    private final String orchestrator;

    /** @param orchestrator name of the service whose agents they are */
    public KafkaAgents(KafkaConnection connection, String orchestrator) {
        this.connection = connection;
        this.orchestrator = orchestrator;
    }

    /**
     * All agents that are there.
     *
     * @throws EventLogException when the broker does not answer, or a record is damaged
     */
    public List<RegisteredAgent> read() {
        try {
            if (!KafkaTopics.hasAgents(connection)) {
                return List.of();
            }
            Map<String, RegisteredAgent> agents = new LinkedHashMap<>();
            long first = CommittedRecords.firstOffset(connection, PARTITION);
            try (CommittedRecords records = CommittedRecords.stable(connection, PARTITION, null, first)) {
                for (ConsumerRecord<byte[], byte[]> record = records.next(); record != null; record = records.next()) {
                    take(record, records, agents);
                }
            }
            return new ArrayList<>(agents.values());
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record, CommittedRecords records, Map<String, RegisteredAgent> agents) {
        if (record.key() == null) {
            // Nobody's.
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(orchestrator + "/")) {
            return;
        }
        if (record.value() == null) {
            agents.remove(key);
            return;
        }
        try {
            AgentRecord found = decode(record);
            // The name of a service may have a slash itself.
            if (found.getOrchestrator().equals(orchestrator)) {
                agents.put(key, AgentRecordCodec.agent(found));
            }
        } catch (EventLogException e) {
            throw new EventLogException(records.place(record) + e.getMessage(), e);
        }
    }

    private static AgentRecord decode(ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = RecordHeaders.of(record);
        if (!headers.type().equals(TYPE)) {
            throw new EventLogException("the record is a " + headers.type() + ", not a " + TYPE);
        }
        return switch (headers.format()) {
            case PROTOBUF -> AgentRecordCodec.decode(record.value());
            case JSON -> AgentRecordCodec.fromJson(new String(record.value(), StandardCharsets.UTF_8));
        };
    }

    /**
     * Keeps an agent; when this returns, the broker has it.
     *
     * @throws EventLogException when the broker does not answer
     */
    public void put(RegisteredAgent agent) {
        AgentRecord record = AgentRecordCodec.of(orchestrator, agent);
        byte[] value = switch (connection.values()) {
            case PROTOBUF -> record.toByteArray();
            case JSON -> AgentRecordCodec.toJson(record).getBytes(StandardCharsets.UTF_8);
        };
        send(new RecordHeaders(TYPE, 0, connection.values()).record(PARTITION, key(agent.name()), value));
    }

    /**
     * Forgets an agent.
     *
     * @throws EventLogException when the broker does not answer
     */
    public void remove(String name) {
        send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), key(name), null));
    }

    private byte[] key(String name) {
        return (orchestrator + "/" + name).getBytes(StandardCharsets.UTF_8);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        KafkaTopics.makeAgents(connection);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(connection.producer())) {
            connection.send(producer, List.of(record));
        } catch (KafkaException e) {
            throw connection.problem(e);
        }
    }
}
