package org.interregnum.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.file.FileDecisionLog;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentOptions;
import org.interregnum.orchestrator.adapter.grpc.GrpcModelAgents;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.decision.ModelDecisions;
import org.interregnum.orchestrator.decision.RecordedDecisions;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.market.MarketEngine;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.random.Generators;
import org.interregnum.standalone.serve.AgentProcess;

/**
 * A market whose buyers are all models that act in every step, with its decisions written to a file. The endpoint, in
 * the same process, always answers the same.
 */
final class ModelMarket implements AutoCloseable {
    private final FixedAnswers endpoint;
    private final Optional<AgentProcess> service;
    private final ModelAgents agents;
    private final Path file;
    private final DecisionLog log;
    private final ModelSettings settings;
    private final ModelDecisions decisions;
    private final MarketEngine engine;
    private final MarketState state;

    /**
     * Opens a market.
     *
     * @param buyers number of buyers, all of which may be asked about at once
     * @param isService whether a buyer agent of its own process asks the models
     */
    ModelMarket(int buyers, boolean isService, Duration latency) throws IOException {
        endpoint = new FixedAnswers(latency);
        service = isService ? Optional.of(AgentProcess.start(BundledAgent.BUYER)) : Optional.empty();
        agents = service.<ModelAgents>map(process -> GrpcModelAgents.connect(
                        Optional.empty(), Optional.of(process.address()), GrpcAgentOptions.defaults()))
                .orElseGet(() -> InProcessModelAgents.of(Map.of()));
        file = Files.createTempFile("decisions", ".jsonl");
        Files.delete(file);
        log = FileDecisionLog.create(file);
        settings = new ModelSettings(
                "",
                "openai",
                ModelProvider.OPENAI,
                endpoint.url(),
                "fixed",
                null,
                StructuredOutput.JSON_SCHEMA,
                "plain",
                1000,
                buyers,
                ModelSettings.ANY_PACE,
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                Double.NaN,
                Double.NaN);
        ModelAssignment models = new ModelAssignment(
                List.of(),
                List.of(new BuyerCohort("all", IntStream.range(0, buyers).toArray(), settings)),
                true);
        decisions = new ModelDecisions(models, agents, log, RecordedDecisions.NONE, DecisionRules.DEFAULT);
        MarketParameters parameters = MarketParameters.of(1, 0.8, buyers, 10);
        engine = new MarketEngine(
                parameters,
                Generators.create("numpy", 42),
                new RuleSellerAgents(),
                new RuleBuyerAgents(),
                decisions,
                models);
        state = new MarketState(parameters, models.modelBuyers());
        MarketHistory.apply(state, engine.open(state, () -> false).orElseThrow());
    }

    /** One step: an impression for each buyer that has a seller, and then a choice for each. */
    StepTaken step() {
        StepTaken step = engine.step(state);
        MarketHistory.apply(state, step);
        return step;
    }

    ModelDecisions decisions() {
        return decisions;
    }

    ModelSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        agents.close();
        service.ifPresent(AgentProcess::close);
        log.close();
        endpoint.close();
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
