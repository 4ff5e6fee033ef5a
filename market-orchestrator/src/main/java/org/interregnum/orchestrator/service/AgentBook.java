package org.interregnum.orchestrator.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.WholeFile;
import org.interregnum.orchestrator.adapter.kafka.KafkaAgents;
import org.interregnum.orchestrator.adapter.protobuf.AgentRecordCodec;
import org.interregnum.orchestrator.agent.RegisteredAgent;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Where a service keeps the agents that it knows: in a file of its data directory and, with a broker, there as well. What
 * the broker has counts, since another machine may have written it.
 */
final class AgentBook {
    private final String orchestrator;
    private final Path file;
    private final Optional<KafkaAgents> kafka;

    AgentBook(ServiceSettings settings) {
        orchestrator = settings.name();
        file = settings.data().resolve("agents.json");
        kafka = settings.kafka().map(connection -> new KafkaAgents(connection, settings.name()));
    }

    /**
     * The agents that are there.
     *
     * @throws EventLogException when they cannot be read
     */
    List<RegisteredAgent> read() {
        if (kafka.isEmpty()) {
            return readFile();
        }
        List<RegisteredAgent> known = kafka.get().read();
        if (known.isEmpty()) {
            // A service that had no broker before.
            known = readFile();
            known.forEach(kafka.get()::put);
        }
        return known;
    }

    private List<RegisteredAgent> readFile() {
        try {
            return Files.exists(file) ? AgentRecordCodec.fromFile(Files.readString(file)) : List.of();
        } catch (IOException e) {
            throw new EventLogException(file + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new EventLogException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Keeps an agent.
     *
     * @param all all agents, this one among them
     * @throws EventLogException when it cannot be kept
     */
    void put(RegisteredAgent agent, List<RegisteredAgent> all) {
        kafka.ifPresent(broker -> broker.put(agent));
        write(all);
    }

    /**
     * Forgets an agent.
     *
     * @param rest all others
     * @throws EventLogException when that cannot be kept
     */
    void remove(String name, List<RegisteredAgent> rest) {
        kafka.ifPresent(broker -> broker.remove(name));
        write(rest);
    }

    private void write(List<RegisteredAgent> agents) {
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(
                    file, unfinished -> Files.writeString(unfinished, AgentRecordCodec.toFile(orchestrator, agents)));
        } catch (IOException e) {
            throw new EventLogException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
