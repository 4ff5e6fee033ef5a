package org.interregnum.orchestrator.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;

/** The latest steps of a run that is in memory, for those who watch it: written by the run's thread, read by others. */
final class LiveSteps {
    /** Enough for whoever keeps up; the log has the others. */
    private static final int WINDOW = 1024;

    private final StepLine[] ring = new StepLine[WINDOW];
    private long points;

    /** A run that goes on has steps already, which its log has. */
    synchronized void continueAfter(long steps) {
        points = steps + 1;
    }

    void opened(MarketOpened opening) {
        add(of(opening));
    }

    void taken(StepTaken step) {
        add(of(step));
    }

    static StepLine of(MarketOpened opening) {
        return new StepLine(0, -1, opening.prices(), opening.shares());
    }

    static StepLine of(StepTaken step) {
        return new StepLine(step.step(), step.seller(), step.prices(), step.shares());
    }

    private synchronized void add(StepLine line) {
        ring[(int) (points % WINDOW)] = line;
        points++;
    }

    /**
     * Lines from a step on.
     *
     * @return at most {@code most}, none when the step has not come yet; empty when it is too long ago
     */
    synchronized Optional<List<StepLine>> from(long step, int most) {
        List<StepLine> lines = new ArrayList<>();
        for (long point = step; point < points && lines.size() < most; point++) {
            StepLine line = ring[(int) (point % WINDOW)];
            if (line == null || line.step() != point) {
                return Optional.empty();
            }
            lines.add(line);
        }
        return Optional.of(lines);
    }

    /** Number of steps so far. */
    synchronized long steps() {
        return Math.max(0, points - 1);
    }
}
