package org.interregnum.orchestrator.recording;

import java.util.Arrays;
import java.util.Locale;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * What agents that are not part of this program decided, read from the log of an earlier run step by step, as its replay
 * comes to it.
 */
final class ForeignDecisions implements AutoCloseable {
    private final EventSource events;
    private final String log;
    private MarketOpened opening;
    private StepTaken step;
    /** Seller of each buyer before {@link #step}. */
    private int[] choices;

    /**
     * @param events the run's events from the opening on
     * @param log where they are, for messages
     */
    ForeignDecisions(EventSource events, String log) {
        this.events = events;
        this.log = log;
    }

    /** Whether a decision is of a rule that this program has, and can be computed again. */
    static boolean isOurs(Decider decider, BundledAgent bundled) {
        return decider == null
                || (decider.agent().equals(bundled.agentName())
                        && decider.strategy().equals(BundledAgent.RULE));
    }

    /** Who decided, for the log of the replay. */
    static Decider replayed(Decider before) {
        String how = before.outcome().name().toLowerCase(Locale.ROOT);
        return new Decider(
                before.agent(),
                before.version(),
                before.strategy(),
                DecisionOutcome.REPLAYED,
                before.reason().isEmpty() ? how : how + ": " + before.reason(),
                before.model());
    }

    /** The opening. */
    MarketOpened opening() {
        begin();
        return opening;
    }

    private void begin() {
        if (opening == null) {
            if (!(events.next() instanceof MarketOpened opened)) {
                throw missing(0);
            }
            opening = opened;
            choices = opened.choices().clone();
        }
    }

    /** A step, not before the one that was last asked for. */
    StepTaken step(long number) {
        begin();
        while (step == null || step.step() < number) {
            MarketEvent event = events.next();
            if (event == null) {
                throw missing(number);
            }
            if (event instanceof StepTaken taken) {
                move();
                step = taken;
            }
        }
        if (step.step() != number) {
            throw missing(number);
        }
        return step;
    }

    private void move() {
        if (step != null) {
            for (int change = 0; change < step.changedBuyers().length; change++) {
                choices[step.changedBuyers()[change]] = step.newChoices()[change];
            }
        }
    }

    /** The seller that a buyer has after a step, which was asked for last. */
    int choice(int buyer) {
        int change = Arrays.binarySearch(step.changedBuyers(), buyer);
        return change >= 0 ? step.newChoices()[change] : choices[buyer];
    }

    private AgentFailureException missing(long number) {
        return new AgentFailureException(log + " has no record of " + (number == 0 ? "the opening" : "step " + number)
                + "; a replay asks nobody");
    }

    @Override
    public void close() {
        events.close();
    }
}
