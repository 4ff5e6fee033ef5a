package org.interregnum.standalone;

import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.market.MarketEngine;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.random.Generators;

/** A market that has opened and takes steps for as long as somebody measures. */
final class OpenMarket {
    private final MarketEngine engine;
    private final MarketState state;

    OpenMarket(MarketParameters parameters, String generator, SellerAgents sellers, BuyerAgents buyers) {
        engine = new MarketEngine(parameters, Generators.create(generator, 42), sellers, buyers);
        state = new MarketState(parameters);
        MarketHistory.apply(state, engine.open(state, () -> false).orElseThrow());
    }

    StepTaken step() {
        StepTaken step = engine.step(state);
        MarketHistory.apply(state, step);
        return step;
    }
}
