package org.interregnum.orchestrator.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcModelAgents;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;

/** The agents that ask models: for each model this process or the agent service that its settings name. */
final class RoutedModelAgents implements ModelAgents {
    private final Map<Route, ModelAgents> agents = new HashMap<>();
    private final GrpcAgentOptions options;
    private final LocalAgents local;

    private RoutedModelAgents(GrpcAgentOptions options, LocalAgents local) {
        this.options = options;
        this.local = local;
    }

    /**
     * Connects to all of an assignment; those of later ones are connected to when they are asked.
     *
     * @throws AgentFailureException when one cannot be reached, or offers no models
     */
    static ModelAgents connect(ModelAssignment assignment, GrpcAgentOptions options, LocalAgents local) {
        RoutedModelAgents routed = new RoutedModelAgents(options, local);
        boolean whole = false;
        try {
            for (Route route : routes(assignment)) {
                routed.agents.computeIfAbsent(route, routed::connect);
            }
            whole = true;
            return routed;
        } finally {
            if (!whole) {
                routed.close();
            }
        }
    }

    private static List<Route> routes(ModelAssignment assignment) {
        List<Route> routes = new ArrayList<>();
        assignment
                .sellers()
                .forEach(range -> routes.add(new Route(true, range.model().agent())));
        assignment
                .buyers()
                .forEach(cohort -> routes.add(new Route(false, cohort.model().agent())));
        return routes;
    }

    private ModelAgents connect(Route route) {
        if (route.address.isEmpty()) {
            return local.models();
        }
        Optional<AgentAddress> address = Optional.of(AgentAddress.parse(route.address));
        return route.isSeller
                ? GrpcModelAgents.connect(address, Optional.empty(), options)
                : GrpcModelAgents.connect(Optional.empty(), address, options);
    }

    @Override
    public void assign(ModelAssignment models) {
        List<Route> routes = routes(models);
        agents.entrySet().removeIf(connection -> {
            boolean isIdle = !routes.contains(connection.getKey());
            if (isIdle) {
                connection.getValue().close();
            }
            return isIdle;
        });
    }

    @Override
    public CompletableFuture<ModelAnswer> ask(ModelQuestion question, ModelSettings model, Allowance allowance) {
        Route route = new Route(question instanceof ModelQuestion.Price, model.agent());
        try {
            return agents.computeIfAbsent(route, this::connect).ask(question, model, allowance);
        } catch (AgentFailureException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        agents.values().forEach(ModelAgents::close);
    }

    /** Who asks, and on which side; both sides of one process share limits, so they share its agents. */
    private record Route(boolean isSeller, String address) {
        Route {
            isSeller = isSeller || address.isEmpty();
        }
    }
}
