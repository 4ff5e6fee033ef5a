package org.interregnum.languagemodel;

import java.util.Locale;
import java.util.Optional;

/** What one decision has spent of its allowance. */
final class Spending {
    private static final double PRICED_TOKENS = 1e6;

    private final Allowance allowance;
    private long calls;
    private long tokens;
    private double cost;

    Spending(Allowance allowance) {
        this.allowance = allowance;
    }

    /**
     * Why a call may not be sent: which part of the allowance it might exceed. Empty when it may.
     *
     * @param inputTokens most tokens of its question
     * @param outputTokens most tokens of its answer
     */
    Optional<String> objection(long inputTokens, long outputTokens) {
        if (calls >= allowance.calls()) {
            return Optional.of("%d of %d calls are spent".formatted(calls, allowance.calls()));
        }
        long mostTokens = sum(inputTokens, outputTokens);
        if (mostTokens > allowance.tokens() - tokens) {
            return Optional.of("the next call may take %d tokens, and %d of %d are spent"
                    .formatted(mostTokens, tokens, allowance.tokens()));
        }
        double mostCost = price(inputTokens, outputTokens);
        if (cost + mostCost > allowance.cost()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the next call may cost %.6g, and %.6g of %.6g are spent",
                    mostCost,
                    cost,
                    allowance.cost()));
        }
        return Optional.empty();
    }

    /** A call was sent that used at most so many tokens. */
    void charge(long inputTokens, long outputTokens) {
        calls++;
        tokens = sum(tokens, sum(inputTokens, outputTokens));
        cost += price(inputTokens, outputTokens);
    }

    /** Tokens charged so far. */
    long tokens() {
        return tokens;
    }

    /** Money charged so far. */
    double cost() {
        return cost;
    }

    private double price(long inputTokens, long outputTokens) {
        return (inputTokens * allowance.inputPrice() + outputTokens * allowance.outputPrice()) / PRICED_TOKENS;
    }

    private static long sum(long first, long second) {
        long sum = first + second;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
