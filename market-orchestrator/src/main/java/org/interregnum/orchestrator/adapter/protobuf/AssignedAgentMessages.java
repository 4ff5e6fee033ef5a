package org.interregnum.orchestrator.adapter.protobuf;

import java.util.Optional;
import org.interregnum.event.v1.AssignedAgent;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.ModelSettings;

/** An agent as a run is told of it, from and to generated messages. */
final class AssignedAgentMessages {
    private AssignedAgentMessages() {}

    static AssignedAgent.Builder toMessage(org.interregnum.orchestrator.agent.AssignedAgent agent) {
        AssignedAgent.Builder message = AssignedAgent.newBuilder()
                .setName(agent.name())
                .setAddress(agent.address())
                .setStrategy(agent.strategy());
        agent.model()
                .ifPresent(model -> message.setModel(ModelOptionsMessages.toMessage(model))
                        .setInformation(ContractEnum.INFORMATION.encode(agent.information())));
        return message;
    }

    /** @throws IllegalArgumentException when there can be no such agent; the message is the end of a sentence */
    static org.interregnum.orchestrator.agent.AssignedAgent toAgent(AssignedAgent message) {
        if (!message.getAddress().isEmpty()) {
            // Read for its complaint alone: whoever connects reads it again.
            AgentAddress.parse(message.getAddress());
        }
        Optional<ModelSettings> model = message.hasModel()
                ? Optional.of(ModelOptionsMessages.toSettings(message.getModel()))
                : Optional.empty();
        if (model.filter(settings -> !settings.agent().equals(message.getAddress()))
                .isPresent()) {
            throw new IllegalArgumentException("an agent's model is asked by another one");
        }
        return new org.interregnum.orchestrator.agent.AssignedAgent(
                message.getName(),
                message.getAddress(),
                message.getStrategy(),
                model,
                ModelAssignmentMessages.information(message.getInformation()));
    }
}
