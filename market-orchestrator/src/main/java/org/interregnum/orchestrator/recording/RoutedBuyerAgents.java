package org.interregnum.orchestrator.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.DecidedChoices;
import org.interregnum.orchestrator.agent.Decider;

/**
 * Buyers for whom several agents decide: a question is divided among those who are assigned to its buyers. Agents are
 * connected to when they are first asked, and let go of when nobody is theirs any more.
 */
final class RoutedBuyerAgents implements BuyerAgents {
    private final Supplier<BuyerAgents> connectOwn;
    private final Function<AssignedAgent, BuyerAgents> connect;
    private final Map<AssignedAgent, BuyerAgents> assigned = new HashMap<>();
    private BuyerAgents own;
    /** Agents that are assigned to any buyers. */
    private List<AssignedAgent> agents = List.of();

    /** For each buyer up to the last that is assigned: 0 for the run's own agent, or one more than the agent's index. */
    private int[] routes = new int[0];

    private List<DecidedChoices> lastDecided = List.of();

    /**
     * @param connectOwn connects to the run's own agent
     * @param connect connects to an agent that follows a rule
     */
    RoutedBuyerAgents(
            AgentAssignment assignment,
            Supplier<BuyerAgents> connectOwn,
            Function<AssignedAgent, BuyerAgents> connect) {
        this.connectOwn = connectOwn;
        this.connect = connect;
        route(assignment);
    }

    /** The run's own agent, which is connected to if that has not been done. */
    BuyerAgents own() {
        if (own == null) {
            own = connectOwn.get();
        }
        return own;
    }

    @Override
    public void assign(AgentAssignment next) {
        route(next);
        assigned.entrySet().removeIf(connection -> {
            boolean isIdle = !agents.contains(connection.getKey());
            if (isIdle) {
                connection.getValue().close();
            }
            return isIdle;
        });
    }

    private void route(AgentAssignment assignment) {
        List<BuyerGroup> groups = assignment.buyers().stream()
                .filter(group -> group.agent().followsRule())
                .toList();
        agents = groups.stream().map(BuyerGroup::agent).distinct().toList();
        routes = new int
                [groups.stream()
                        .mapToInt(group -> group.buyers()[group.buyers().length - 1] + 1)
                        .max()
                        .orElse(0)];
        for (BuyerGroup group : groups) {
            int route = 1 + agents.indexOf(group.agent());
            for (int buyer : group.buyers()) {
                routes[buyer] = route;
            }
        }
    }

    @Override
    public Decider choose(ChoiceQuestion question, int[] choices) {
        lastDecided = List.of();
        // At the opening nobody is assigned yet, but a run that goes on is told of its assignments one by one.
        return agents.isEmpty() ? own().choose(question, choices) : divide(question, choices);
    }

    private Decider divide(ChoiceQuestion question, int[] choices) {
        int[] counts = new int[agents.size() + 1];
        for (int index = 0; index < question.count(); index++) {
            counts[routeOf(question.buyers()[index])]++;
        }
        List<DecidedChoices> decided = new ArrayList<>();
        for (int route = 0; route < counts.length; route++) {
            if (counts[route] == question.count()) {
                return agent(route).choose(question, choices);
            }
            if (counts[route] > 0) {
                decided.add(ask(route, counts[route], question, choices));
            }
        }
        lastDecided = List.copyOf(decided);
        return leastPlain(decided);
    }

    private DecidedChoices ask(int route, int count, ChoiceQuestion question, int[] choices) {
        int[] positions = new int[count];
        int[] buyers = new int[count];
        int at = 0;
        for (int index = 0; index < question.count(); index++) {
            if (routeOf(question.buyers()[index]) == route) {
                positions[at] = index;
                buyers[at++] = question.buyers()[index];
            }
        }
        int[] chosen = new int[count];
        Decider decider = agent(route)
                .choose(
                        new ChoiceQuestion(
                                question.step(),
                                buyers,
                                count,
                                question.preferences(),
                                question.networkEffect(),
                                question.prices(),
                                question.shares()),
                        chosen);
        for (int index = 0; index < count; index++) {
            choices[positions[index]] = chosen[index];
        }
        return new DecidedChoices(decider, buyers);
    }

    private int routeOf(int buyer) {
        return buyer < routes.length ? routes[buyer] : 0;
    }

    private BuyerAgents agent(int route) {
        return route == 0 ? own() : assigned.computeIfAbsent(agents.get(route - 1), connect);
    }

    private static Decider leastPlain(List<DecidedChoices> decided) {
        Decider least = decided.get(0).decider();
        for (DecidedChoices choices : decided) {
            least = choices.decider().outcome().compareTo(least.outcome()) > 0 ? choices.decider() : least;
        }
        return least;
    }

    @Override
    public List<DecidedChoices> lastDecided() {
        return lastDecided;
    }

    @Override
    public Optional<AgentProfile> profile() {
        return own == null ? Optional.empty() : own.profile();
    }

    @Override
    public void close() {
        assigned.values().forEach(BuyerAgents::close);
        if (own != null) {
            own.close();
        }
    }
}
