package org.interregnum.orchestrator.decision;

/** Which of the last decisions were fallbacks. */
final class FallbackWindow {
    private final boolean[] last = new boolean[DecisionRules.WINDOW];
    private final double maxRate;
    private int next;
    private int fallbacks;

    FallbackWindow(double maxRate) {
        this.maxRate = maxRate;
    }

    void add(boolean isFallback) {
        fallbacks += (isFallback ? 1 : 0) - (last[next] ? 1 : 0);
        last[next] = isFallback;
        next = (next + 1) % last.length;
    }

    /** Fallbacks among the last {@link DecisionRules#WINDOW} decisions; while there are fewer, among those. */
    int fallbacks() {
        return fallbacks;
    }

    /** Whether they are more than may be. */
    boolean isExceeded() {
        return fallbacks > maxRate * last.length;
    }
}
