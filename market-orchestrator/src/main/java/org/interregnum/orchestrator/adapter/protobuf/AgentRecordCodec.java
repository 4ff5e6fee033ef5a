package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.interregnum.event.v1.AgentRecord;
import org.interregnum.event.v1.AgentRecords;
import org.interregnum.orchestrator.agent.DescribedAgent;
import org.interregnum.orchestrator.agent.RegisteredAgent;
import org.interregnum.orchestrator.event.EventLogException;

/** Agents that a service knows, as {@code interregnum.event.v1.AgentRecord}. */
public final class AgentRecordCodec {
    private AgentRecordCodec() {}

    /** The record of an agent. */
    public static AgentRecord of(String orchestrator, RegisteredAgent agent) {
        return AgentRecord.newBuilder()
                .setOrchestrator(orchestrator)
                .setRole(ContractEnum.AGENT_ROLE.encode(agent.role()))
                .setAgent(AssignedAgentMessages.toMessage(agent.agent()))
                .setImplementation(agent.description().implementation())
                .setVersion(agent.description().version())
                .addAllStrategies(agent.description().strategies())
                .setCheckedMillis(agent.checked().map(Instant::toEpochMilli).orElse(0L))
                .setProblem(agent.problem())
                .build();
    }

    /**
     * The agent in a record.
     *
     * @throws EventLogException when there can be no such agent; the message is the end of a sentence
     */
    public static RegisteredAgent agent(AgentRecord record) {
        try {
            return new RegisteredAgent(
                    ContractEnum.AGENT_ROLE.decode(record.getRole()),
                    AssignedAgentMessages.toAgent(record.getAgent()),
                    new DescribedAgent(record.getImplementation(), record.getVersion(), record.getStrategiesList()),
                    Optional.of(record.getCheckedMillis())
                            .filter(millis -> millis > 0)
                            .map(Instant::ofEpochMilli),
                    record.getProblem());
        } catch (IllegalArgumentException e) {
            throw new EventLogException("it holds an impossible agent: " + e.getMessage(), e);
        }
    }

    /** All agents of a service as a text for a file. */
    public static String toFile(String orchestrator, List<RegisteredAgent> agents) {
        AgentRecords.Builder records = AgentRecords.newBuilder();
        agents.forEach(agent -> records.addAgents(of(orchestrator, agent)));
        return print(JsonFormat.printer(), records.build()) + "\n";
    }

    /**
     * The agents in such a text.
     *
     * @throws EventLogException when it is something else; the message is the end of a sentence
     */
    public static List<RegisteredAgent> fromFile(String text) {
        AgentRecords.Builder records = AgentRecords.newBuilder();
        merge(text, records);
        return records.getAgentsList().stream().map(AgentRecordCodec::agent).toList();
    }

    /** A record in its JSON mapping, on one line. */
    public static String toJson(AgentRecord record) {
        return print(JsonFormat.printer().omittingInsignificantWhitespace(), record);
    }

    /**
     * The record in a text.
     *
     * @throws EventLogException when there is none; the message is the end of a sentence
     */
    public static AgentRecord fromJson(String json) {
        AgentRecord.Builder record = AgentRecord.newBuilder();
        merge(json, record);
        return record.build();
    }

    /**
     * The record in a message's bytes.
     *
     * @throws EventLogException when there is none; the message is the end of a sentence
     */
    public static AgentRecord decode(byte[] bytes) {
        try {
            return AgentRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new EventLogException("it holds no agent", e);
        }
    }

    private static String print(JsonFormat.Printer printer, Message message) {
        try {
            return printer.preservingProtoFieldNames().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a record of this program", e);
        }
    }

    private static void merge(String text, Message.Builder into) {
        try {
            JsonFormat.parser().merge(text, into);
        } catch (InvalidProtocolBufferException e) {
            throw new EventLogException("it holds no agent", e);
        }
    }
}
