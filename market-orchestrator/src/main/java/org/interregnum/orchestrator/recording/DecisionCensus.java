package org.interregnum.orchestrator.recording;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;

/** Counts a run's decisions by outcome, a price and an impression or choice of one buyer each as one, and remembers who
 * decided. */
final class DecisionCensus {
    private final Map<DecisionOutcome, Long> counts = new EnumMap<>(DecisionOutcome.class);
    private Decider seller;
    private Decider buyer;

    /** Counts the opening: a choice of every buyer, as the last sweep decided it. */
    void add(MarketOpened opening) {
        buyer = opening.choiceDecider();
        counts.merge(buyer.outcome(), (long) opening.choices().length, Long::sum);
    }

    void add(StepTaken step) {
        seller = step.priceDecider();
        counts.merge(seller.outcome(), 1L, Long::sum);
        if (step.choiceDecider() != null) {
            buyer = step.choiceDecider();
            if (step.ruleDecisions().isEmpty()) {
                counts.merge(buyer.outcome(), (long) step.activeBuyers().length - modelBuyers(step), Long::sum);
            }
        }
        step.ruleDecisions().forEach(this::add);
        step.modelBuyers().decisions().forEach(this::add);
    }

    private void add(BuyerDecisions decisions) {
        counts.merge(decisions.decider().outcome(), (long) decisions.buyers().length, Long::sum);
    }

    private static int modelBuyers(StepTaken step) {
        return step.modelBuyers().decisions().stream()
                .filter(decisions -> decisions.kind() == DecisionKind.CHOICE)
                .mapToInt(decisions -> decisions.buyers().length)
                .sum();
    }

    /** Number of decisions by outcome in small letters, in the order of the outcomes. */
    Map<String, Long> byOutcome() {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((outcome, count) -> named.put(outcome.name().toLowerCase(Locale.ROOT), count));
        return named;
    }

    /** Who last decided a price; null before the first. */
    Decider seller() {
        return seller;
    }

    /** Who last decided a choice; null before the opening. */
    Decider buyer() {
        return buyer;
    }
}
