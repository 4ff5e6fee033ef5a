package org.interregnum.orchestrator.decision;

import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.agent.Allowance;

/**
 * What is left of a budget. What a question may spend is set aside before it is asked and given back when it is known
 * what it spent, so that all the questions under way together cannot exceed the budget. Several runs, each in a thread of
 * its own, may share one.
 */
public final class BudgetLedger {
    private final Budget budget;
    private long calls;
    private long tokens;
    private double cost;
    private int setAside;

    /** A budget of which nothing is spent. */
    public BudgetLedger(Budget budget) {
        this.budget = budget;
        calls = budget.calls();
        tokens = budget.tokens();
        cost = budget.cost();
    }

    /** Sets a part of what is left aside; empty when so much is not left. */
    synchronized Optional<Allowance> reserve(Allowance wanted) {
        if (wanted.calls() > calls || wanted.tokens() > tokens || wanted.cost() > cost) {
            return Optional.empty();
        }
        setAside++;
        return Optional.of(take(wanted.calls(), wanted.tokens(), wanted.cost()));
    }

    /** Sets everything that is left aside; empty when that is nothing. */
    synchronized Optional<Allowance> reserveRest() {
        if (isSpent()) {
            return Optional.empty();
        }
        setAside++;
        return Optional.of(take(calls, tokens, cost));
    }

    /** Whether something is set aside of which a part may come back. */
    synchronized boolean mayGetBack() {
        return setAside > 0;
    }

    private Allowance take(long someCalls, long someTokens, double someCost) {
        // What has no limit is not counted, neither here nor when it comes back.
        boolean callsCount = budget.calls() != Long.MAX_VALUE;
        boolean tokensCount = budget.tokens() != Long.MAX_VALUE;
        boolean costCounts = budget.cost() != Double.POSITIVE_INFINITY;
        calls -= callsCount ? someCalls : 0;
        tokens -= tokensCount ? someTokens : 0;
        cost -= costCounts ? someCost : 0;
        return new Allowance(
                callsCount ? someCalls : Long.MAX_VALUE,
                tokensCount ? someTokens : Long.MAX_VALUE,
                costCounts ? someCost : Double.POSITIVE_INFINITY);
    }

    /** Gives back what a question did not spend. */
    synchronized void settle(Allowance reserved, long spentCalls, long spentTokens, double spentCost) {
        setAside--;
        giveBack(reserved, spentCalls, spentTokens, spentCost);
    }

    /** Counts all that a question may have spent as spent. */
    synchronized void forfeit() {
        setAside--;
    }

    private void giveBack(Allowance reserved, long spentCalls, long spentTokens, double spentCost) {
        if (reserved.calls() != Long.MAX_VALUE) {
            calls += reserved.calls() - spentCalls;
        }
        if (reserved.tokens() != Long.MAX_VALUE) {
            tokens += reserved.tokens() - spentTokens;
        }
        if (reserved.cost() != Double.POSITIVE_INFINITY) {
            cost += reserved.cost() - spentCost;
        }
    }

    /** Counts what was spent before this process began. */
    public synchronized void charge(long spentCalls, long spentTokens, double spentCost) {
        giveBack(take(0, 0, 0), spentCalls, spentTokens, spentCost);
    }

    /** Whether nothing is left of something. */
    public synchronized boolean isSpent() {
        return calls <= 0 || tokens <= 0 || cost <= 0;
    }

    /** What is left, and of what, in a line. */
    synchronized String inWords() {
        StringBuilder words = new StringBuilder("the budget does not allow a further call: ");
        String separator = "";
        if (budget.calls() != Long.MAX_VALUE) {
            words.append(String.format(Locale.ROOT, "%d of %d calls are left", Math.max(0, calls), budget.calls()));
            separator = ", ";
        }
        if (budget.tokens() != Long.MAX_VALUE) {
            words.append(separator)
                    .append(String.format(
                            Locale.ROOT, "%d of %d tokens are left", Math.max(0, tokens), budget.tokens()));
            separator = ", ";
        }
        if (budget.cost() != Double.POSITIVE_INFINITY) {
            words.append(separator)
                    .append(String.format(
                            Locale.ROOT, "%.4f of %.4f in money is left", Math.max(0, cost), budget.cost()));
        }
        return words.toString();
    }
}
