package org.interregnum.orchestrator.statistics;

/**
 * An interval of a quantity; both ends are NaN where it is not defined.
 *
 * @param low its lower end
 * @param high its upper end, at least the lower one
 */
public record Interval(double low, double high) {
    /** What there is where the data do not give an interval. */
    public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

    public Interval {
        if (low > high || Double.isNaN(low) != Double.isNaN(high)) {
            throw new IllegalArgumentException("no interval: " + low + " to " + high);
        }
    }

    /** Whether there is one. */
    public boolean isDefined() {
        return !Double.isNaN(low);
    }

    /** The smallest interval that has both in it; not defined when one of them is not. */
    public Interval hull(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }
}
