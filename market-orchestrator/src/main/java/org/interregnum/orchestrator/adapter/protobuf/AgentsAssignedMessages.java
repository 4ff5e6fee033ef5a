package org.interregnum.orchestrator.adapter.protobuf;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.interregnum.event.v1.AgentsAssigned;
import org.interregnum.event.v1.AssignedBuyers;
import org.interregnum.event.v1.AssignedSellers;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.SellerGroup;
import org.interregnum.orchestrator.model.Impression;

/** Assignments in the middle of a run, from and to generated messages. */
final class AgentsAssignedMessages {
    private AgentsAssignedMessages() {}

    static AgentsAssigned.Builder toMessage(org.interregnum.orchestrator.event.AgentsAssigned event) {
        AgentAssignment assignment = event.assignment();
        AgentsAssigned.Builder message = AgentsAssigned.newBuilder()
                .setStep(event.step())
                .setCause(ContractEnum.ASSIGNMENT_CAUSE.encode(event.cause()))
                .setReason(event.reason())
                .setAgent(event.agent())
                .setOnFailure(ContractEnum.ON_AGENT_FAILURE.encode(event.onFailure()))
                .setBuyersActEveryStep(assignment.buyersActEveryStep());
        for (SellerGroup group : assignment.sellers()) {
            message.addSellers(AssignedSellers.newBuilder()
                    .setFirst(group.first())
                    .setLast(group.last())
                    .setAgent(AssignedAgentMessages.toMessage(group.agent()))
                    .setSinceStep(group.since()));
        }
        for (BuyerGroup group : assignment.buyers()) {
            message.addBuyers(AssignedBuyers.newBuilder()
                    .setCohort(group.cohort())
                    .addAllBuyerGaps(BuyerGaps.toGaps(group.buyers()))
                    .setAgent(AssignedAgentMessages.toMessage(group.agent()))
                    .setSinceStep(group.since()));
        }
        for (Impression impression : event.impressions()) {
            message.addImpressions(ContractEnum.IMPRESSION.encode(impression));
        }
        return message;
    }

    static org.interregnum.orchestrator.event.AgentsAssigned toEvent(AgentsAssigned message) {
        List<SellerGroup> sellers = message.getSellersList().stream()
                .map(group -> new SellerGroup(
                        group.getFirst(),
                        group.getLast(),
                        AssignedAgentMessages.toAgent(group.getAgent()),
                        group.getSinceStep()))
                .toList();
        List<BuyerGroup> buyers = message.getBuyersList().stream()
                .map(group -> new BuyerGroup(
                        group.getCohort(),
                        BuyerGaps.toBuyers(group.getBuyerGapsList()),
                        AssignedAgentMessages.toAgent(group.getAgent()),
                        group.getSinceStep()))
                .toList();
        requireApart(buyers);
        return new org.interregnum.orchestrator.event.AgentsAssigned(
                message.getStep(),
                ContractEnum.ASSIGNMENT_CAUSE.decode(message.getCause()),
                message.getReason(),
                message.getAgent(),
                ContractEnum.ON_AGENT_FAILURE.decode(message.getOnFailure()),
                new AgentAssignment(sellers, buyers, message.getBuyersActEveryStep()),
                ModelBuyerMessages.toImpressions(message.getImpressionsList()));
    }

    private static void requireApart(List<BuyerGroup> groups) {
        Set<Integer> taken = new HashSet<>();
        if (groups.size() > 1
                && !groups.stream()
                        .flatMapToInt(group -> Arrays.stream(group.buyers()))
                        .allMatch(taken::add)) {
            throw new IllegalArgumentException("a buyer is in two cohorts");
        }
    }
}
