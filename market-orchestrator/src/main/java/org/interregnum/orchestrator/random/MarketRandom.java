package org.interregnum.orchestrator.random;

/**
 * All chance of one market. The orchestrator draws everything before it asks anybody, in the order of MODEL.md
 * ("Reproducing the published baseline"): the preferences once; then in each step the seller, the active buyers, the
 * buyers seen and, when the seller follows a rule, one normal deviate.
 *
 * <p>An instance belongs to one market and one thread.
 */
public interface MarketRandom {
    /**
     * Draws all preferences from N(mean, deviation²).
     *
     * @return one column a seller with one value a buyer
     */
    double[][] preferences(int buyers, int sellers, double mean, double deviation);

    /** Begins the draws of a step, numbered from 1. */
    void beginStep(long step);

    /** Draws the seller that may change its price, uniformly from [0, sellers). */
    int seller(int sellers);

    /**
     * Draws which buyers are active.
     *
     * @param probability probability that a buyer is active, in (0, 1]
     * @param buyers number of buyers N
     * @param into receives the active buyers, ascending; at least {@code buyers} long
     * @return number of active buyers
     */
    int active(double probability, int buyers, int[] into);

    /**
     * Draws which buyers market research sees.
     *
     * @param visibility probability that a buyer is seen, in [0, 1]
     * @param buyers number of buyers N
     * @param into receives the buyers seen, ascending; at least {@code buyers} long; left as it is when the answer is
     *     {@code buyers}, which says that everybody is seen
     * @return number of buyers seen
     */
    int seen(double visibility, int buyers, int[] into);

    /** Draws a standard normal deviate. */
    double normal();

    /** One that will draw what this one will, whatever is drawn from either. */
    MarketRandom copy();
}
