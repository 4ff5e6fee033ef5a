package org.interregnum.orchestrator.analysis;

/**
 * The three regimes of the market, read off the share of the leading seller and how often the lead changes.
 *
 * <p>The thresholds lie in the gaps that the published model leaves. With N = 1000 and M = 10 the mean leader share
 * jumps from at most 0.23 (order parameter 0.14) at J̄ = 0.60 to at least 0.54 (0.49) at J̄ = 0.75; above the jump the
 * lead never changes for ρ ≤ 0.2 and changes about 10 times in 1000 steps at ρ = 0.8.
 */
public enum Regime {
    /** Shares near 1/M: nobody leads for long or by much, and prices are low. */
    COMPETITION,
    /** One seller takes most of the market, overprices, falls, and another takes over. */
    ALTERNATING_MONOPOLIES,
    /** The first leader keeps most of the market. */
    STABLE_MONOPOLY,
    /** Too few points are left after the burn-in to tell, or nobody ever bought. */
    UNDETERMINED;

    /** Leader order parameter from which one seller dominates; about half-way across the jump from 0.14 to 0.49. */
    public static final double DOMINANCE_FROM = 0.3;

    /** Lead changes per 1000 steps from which monopolies alternate; between never and about ten. */
    public static final double ALTERNATION_FROM = 1;

    /** Points after the burn-in below which no regime is claimed. */
    public static final int FEWEST_POINTS = 50;

    /**
     * Reads the regime off a run's order parameters.
     *
     * @param order order parameters, computed after the burn-in
     */
    public static Regime of(OrderParameters order) {
        boolean someoneBought = !Double.isNaN(order.herfindahlHirschmanIndex());
        if (order.points() < FEWEST_POINTS || !someoneBought) {
            return UNDETERMINED;
        }
        if (order.leaderOrderParameter() < DOMINANCE_FROM) {
            return COMPETITION;
        }
        boolean alternates = order.leadChanges() >= 1 && order.leadChangesPerThousandSteps() >= ALTERNATION_FROM;
        return alternates ? ALTERNATING_MONOPOLIES : STABLE_MONOPOLY;
    }

    /** Its name as a heading. */
    public String inWords() {
        return switch (this) {
            case COMPETITION -> "Competition";
            case ALTERNATING_MONOPOLIES -> "Alternating monopolies";
            case STABLE_MONOPOLY -> "Stable monopoly";
            case UNDETERMINED -> "Regime undetermined";
        };
    }
}
