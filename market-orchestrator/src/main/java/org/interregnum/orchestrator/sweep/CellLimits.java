package org.interregnum.orchestrator.sweep;

/**
 * What a cell's run may spend, or has spent, from its beginning.
 *
 * @param calls calls; {@link Long#MAX_VALUE} for no limit
 * @param tokens tokens of questions and answers; {@link Long#MAX_VALUE} for no limit
 * @param cost money; infinite for no limit
 */
public record CellLimits(long calls, long tokens, double cost) {
    /** No limit of anything. */
    public static final CellLimits NONE = new CellLimits(Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY);

    /** Nothing of anything. */
    public static final CellLimits ZERO = new CellLimits(0, 0, 0);

    /** So much more; what has no limit still has none. */
    public CellLimits plus(CellLimits other) {
        return new CellLimits(sum(calls, other.calls), sum(tokens, other.tokens), cost + other.cost);
    }

    /** So much less, where there is a limit. */
    public CellLimits minus(CellLimits other) {
        return new CellLimits(
                calls == Long.MAX_VALUE ? calls : calls - other.calls,
                tokens == Long.MAX_VALUE ? tokens : tokens - other.tokens,
                cost == Double.POSITIVE_INFINITY ? cost : cost - other.cost);
    }

    /** So many times as much. */
    public CellLimits times(int factor) {
        return new CellLimits(product(calls, factor), product(tokens, factor), cost * factor);
    }

    /** The smaller of each, which has no limit only where both have none. */
    public CellLimits within(CellLimits other) {
        return new CellLimits(Math.min(calls, other.calls), Math.min(tokens, other.tokens), Math.min(cost, other.cost));
    }

    /** Whether there is at least as much of everything. */
    public boolean covers(CellLimits other) {
        return calls >= other.calls && tokens >= other.tokens && cost >= other.cost;
    }

    /** Whether there is something of everything. */
    public boolean isPositive() {
        return calls > 0 && tokens > 0 && cost > 0;
    }

    private static long sum(long one, long other) {
        return one == Long.MAX_VALUE || other == Long.MAX_VALUE ? Long.MAX_VALUE : one + other;
    }

    private static long product(long count, int factor) {
        return count > Long.MAX_VALUE / factor ? Long.MAX_VALUE : count * factor;
    }
}
