package org.interregnum.orchestrator.recording;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.agent.SellerGroup;

/**
 * Sellers whose prices several agents decide: each question goes to whoever is assigned to its seller. Agents are connected
 * to when they are first asked, and let go of when nobody is theirs any more.
 */
final class RoutedSellerAgents implements SellerAgents {
    private final Supplier<SellerAgents> connectOwn;
    private final Function<AssignedAgent, SellerAgents> connect;
    private final Map<AssignedAgent, SellerAgents> assigned = new HashMap<>();
    private SellerAgents own;
    private AgentAssignment assignment;

    /**
     * @param connectOwn connects to the run's own agent
     * @param connect connects to an agent that follows a rule
     */
    RoutedSellerAgents(
            AgentAssignment assignment,
            Supplier<SellerAgents> connectOwn,
            Function<AssignedAgent, SellerAgents> connect) {
        this.assignment = assignment;
        this.connectOwn = connectOwn;
        this.connect = connect;
    }

    /** The run's own agent, which is connected to if that has not been done. */
    SellerAgents own() {
        if (own == null) {
            own = connectOwn.get();
        }
        return own;
    }

    @Override
    public void assign(AgentAssignment next) {
        assignment = next;
        assigned.entrySet().removeIf(connection -> {
            boolean isIdle =
                    next.sellers().stream().noneMatch(group -> group.agent().equals(connection.getKey()));
            if (isIdle) {
                connection.getValue().close();
            }
            return isIdle;
        });
    }

    @Override
    public PriceDecision decidePrice(PricingQuestion question) {
        Optional<SellerGroup> group = assignment.ofSeller(question.seller());
        return (group.isEmpty() ? own() : assigned.computeIfAbsent(group.get().agent(), connect)).decidePrice(question);
    }

    @Override
    public Optional<AgentProfile> profile() {
        return own == null ? Optional.empty() : own.profile();
    }

    @Override
    public void close() {
        assigned.values().forEach(SellerAgents::close);
        if (own != null) {
            own.close();
        }
    }
}
