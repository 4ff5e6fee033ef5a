package org.interregnum.orchestrator.recording;

import java.util.Arrays;
import java.util.List;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.DecidedChoices;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;

/** Buyers of a replay, as {@link ReplayedSellerAgents}: the bundled rule is computed again, others are taken from the log. */
final class ReplayedBuyerAgents implements BuyerAgents {
    private final BuyerAgents rule;
    private final ForeignDecisions before;
    private List<DecidedChoices> lastDecided = List.of();

    /** @param before belongs to these agents, and is closed with them */
    ReplayedBuyerAgents(BuyerAgents rule, ForeignDecisions before) {
        this.rule = rule;
        this.before = before;
    }

    @Override
    public void assign(AgentAssignment assignment) {
        // The log says of each decision who took it.
    }

    @Override
    public Decider choose(ChoiceQuestion question, int[] choices) {
        lastDecided = List.of();
        return question.step() == 0 ? open(question, choices) : step(question, choices);
    }

    /** All sweeps of an opening that others decided come to its end at once. */
    private Decider open(ChoiceQuestion question, int[] choices) {
        MarketOpened opening = before.opening();
        if (ForeignDecisions.isOurs(opening.choiceDecider(), BundledAgent.BUYER)) {
            return rule.choose(question, choices);
        }
        for (int index = 0; index < question.count(); index++) {
            choices[index] = opening.choices()[question.buyers()[index]];
        }
        return ForeignDecisions.replayed(opening.choiceDecider());
    }

    private Decider step(ChoiceQuestion question, int[] choices) {
        StepTaken step = before.step(question.step());
        if (step.ruleDecisions().isEmpty()) {
            if (ForeignDecisions.isOurs(step.choiceDecider(), BundledAgent.BUYER)) {
                return rule.choose(question, choices);
            }
            take(question, choices, question.buyers(), question.count());
            return ForeignDecisions.replayed(step.choiceDecider());
        }
        Decider ours = rule.choose(question, choices);
        for (BuyerDecisions decisions : step.ruleDecisions()) {
            if (!ForeignDecisions.isOurs(decisions.decider(), BundledAgent.BUYER)) {
                take(question, choices, decisions.buyers(), decisions.buyers().length);
            }
        }
        lastDecided = step.ruleDecisions().stream()
                .map(decisions -> new DecidedChoices(
                        ForeignDecisions.isOurs(decisions.decider(), BundledAgent.BUYER)
                                ? ours
                                : ForeignDecisions.replayed(decisions.decider()),
                        decisions.buyers()))
                .toList();
        return lastDecided.stream()
                .map(DecidedChoices::decider)
                .reduce((one, other) -> other.outcome().compareTo(one.outcome()) > 0 ? other : one)
                .orElse(ours);
    }

    private void take(ChoiceQuestion question, int[] choices, int[] buyers, int count) {
        for (int index = 0; index < count; index++) {
            int at = Arrays.binarySearch(question.buyers(), 0, question.count(), buyers[index]);
            if (at >= 0) {
                choices[at] = before.choice(buyers[index]);
            }
        }
    }

    @Override
    public List<DecidedChoices> lastDecided() {
        return lastDecided;
    }

    @Override
    public void close() {
        before.close();
        rule.close();
    }
}
