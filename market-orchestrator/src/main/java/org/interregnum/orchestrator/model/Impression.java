package org.interregnum.orchestrator.model;

/** What a buyer that is a model thinks of a seller (MODEL.md, "LLM-driven buyers"). The worst comes first. */
public enum Impression {
    /** Preference below μ − 1.5 σ. */
    TERRIBLE,
    /** From there to below μ − 0.5 σ. */
    BAD,
    /** From there to below μ + 0.5 σ. */
    NEUTRAL,
    /** From there to below μ + 1.5 σ. */
    GOOD,
    /** Above. */
    EXCELLENT;

    private static final Impression[] ALL = values();

    /** The impression that a preference makes in a market with this mean μ and standard deviation σ of preferences. */
    public static Impression of(double preference, double mean, double deviation) {
        int level = 0;
        for (double factor = -1.5; factor <= 1.5; factor++) {
            if (preference >= mean + factor * deviation) {
                level++;
            }
        }
        return ALL[level];
    }
}
