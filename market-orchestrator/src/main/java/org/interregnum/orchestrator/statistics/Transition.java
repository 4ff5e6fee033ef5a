package org.interregnum.orchestrator.statistics;

import java.util.Arrays;

/**
 * The transition of an order parameter with a control parameter: where its mean over seeds crosses half of the height
 * between its two plateaus.
 *
 * @param point the crossing; NaN when there is no transition in the range, or the range does not reach both plateaus
 * @param interval bootstrap interval over seeds, but at least the step of the grid in which the crossing lies, since
 *     nothing is known of the curve in there; not defined with fewer than two seeds
 * @param low height of the lower plateau
 * @param high height of the upper plateau
 */
public record Transition(double point, Interval interval, double low, double high) {
    /** What there is where there is none. */
    public static final Transition NONE = new Transition(Double.NaN, Interval.UNDEFINED, Double.NaN, Double.NaN);

    /** Rise between the plateaus, for an order parameter from 0 to 1, below which no transition is claimed. */
    public static final double LEAST_RISE = 0.2;

    /** Whether there is one. */
    public boolean isDefined() {
        return !Double.isNaN(point);
    }

    /**
     * Finds the transition.
     *
     * @param control values of the control parameter, strictly ascending
     * @param order for each seed the order parameter at each of these; NaN where there is no run
     */
    public static Transition of(double[] control, double[][] order, Bootstrap bootstrap) {
        int[] everySeed = new int[order.length];
        Arrays.setAll(everySeed, seed -> seed);
        HalfHeight found = crossing(control, order, everySeed);
        if (!found.endsOnPlateaus()) {
            return NONE;
        }
        Interval interval = bootstrap.of(
                order.length, seeds -> crossing(control, order, seeds).point());
        return new Transition(
                found.point(), interval.hull(new Interval(found.from(), found.to())), found.low(), found.high());
    }

    private static HalfHeight crossing(double[] control, double[][] order, int[] seeds) {
        double[] known = new double[control.length];
        double[] means = new double[control.length];
        int points = 0;
        for (int point = 0; point < control.length; point++) {
            double sum = 0;
            int count = 0;
            for (int seed : seeds) {
                double value = order[seed][point];
                sum += Double.isNaN(value) ? 0 : value;
                count += Double.isNaN(value) ? 0 : 1;
            }
            if (count > 0) {
                known[points] = control[point];
                means[points++] = sum / count;
            }
        }
        return HalfHeight.of(Arrays.copyOf(known, points), Arrays.copyOf(means, points), LEAST_RISE);
    }
}
