package org.interregnum.orchestrator.sweep;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Parts of one budget that runs elsewhere have: each is handed out when a run is asked for, and what the run did not spend
 * comes back with its outcome. All that was spent and all parts that are out are never more than the budget. A run whose
 * part did not do is asked for again with twice as much. Belongs to one thread.
 */
public final class SweepLeases {
    private static final int NOBODY = -1;

    private final CellLimits budget;
    private final IntFunction<CellLimits> need;
    private final Map<Integer, CellLimits> spent = new HashMap<>();
    private final Map<Integer, CellLimits> out = new HashMap<>();
    private final Map<Integer, CellLimits> grants = new HashMap<>();
    private CellLimits left;
    private int allGivenTo = NOBODY;
    private boolean exhausted;

    /**
     * A budget of which nothing is spent.
     *
     * @param budget what all runs together may spend
     * @param need what a cell's run will spend, as far as can be told
     */
    public SweepLeases(CellLimits budget, IntFunction<CellLimits> need) {
        this.budget = budget;
        this.need = need;
        left = budget;
    }

    /** Counts a part that was handed out before, or elsewhere. */
    public void isOut(int cell, CellLimits lease) {
        left = left.plus(spent.getOrDefault(cell, CellLimits.ZERO)).minus(lease.within(budget));
        out.put(cell, lease.within(budget));
    }

    /** Takes a part back: the run has ended, and has spent so much from its beginning. */
    public void ended(int cell, CellLimits use) {
        CellLimits before = out.containsKey(cell) ? out.remove(cell) : spent.getOrDefault(cell, CellLimits.ZERO);
        left = left.plus(before).minus(use);
        spent.put(cell, use);
    }

    /**
     * Takes the part of a run back that came to something, whether the part is known to be out or not. Of a run of which
     * nobody can tell what its models used, all counts that it was allowed.
     */
    public void ended(CellResult result) {
        Optional<CellUse> use = result.outcome().use();
        int cell = result.outcome().cell();
        if (use.isPresent()) {
            ended(
                    cell,
                    new CellLimits(
                            use.get().chargedCalls(),
                            use.get().chargedTokens(),
                            use.get().chargedCost()));
        } else if (!result.limits().equals(CellLimits.NONE)) {
            ended(cell, result.limits().within(budget));
        }
    }

    /** Says that a run ended because its part did not do. */
    public void wasTooLittle(int cell) {
        exhausted |= allGivenTo == cell;
        grants.computeIfPresent(cell, (same, grant) -> grant.times(2));
    }

    /** Whether nothing more can be handed out, not even when all parts are back. */
    public boolean isExhausted() {
        return exhausted || (!left.isPositive() && out.isEmpty());
    }

    /**
     * Hands out a part for a cell's run, counted from its beginning; empty when so much is not left, or not before others
     * are back. When no other is out, all that is left is handed out.
     */
    public Optional<CellLimits> next(int cell) {
        if (exhausted || !left.isPositive()) {
            return Optional.empty();
        }
        CellLimits grant = grants.computeIfAbsent(cell, need::apply);
        boolean isEnough = left.covers(grant);
        if (!isEnough && !out.isEmpty()) {
            return Optional.empty();
        }
        if (!isEnough) {
            allGivenTo = cell;
        }
        CellLimits before = spent.getOrDefault(cell, CellLimits.ZERO);
        CellLimits lease = before.plus(isEnough ? grant : left).within(budget);
        isOut(cell, lease);
        return Optional.of(lease);
    }
}
