package org.interregnum.orchestrator.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;

/** The latest steps of a run that is in memory, for those who watch it: written by the run's thread, read by others. */
final class LiveSteps {
    /** Enough for whoever keeps up; the log has the others. */
    private static final int LONGEST_WINDOW = 1024;

    private static final int SHORTEST_WINDOW = 16;
    private static final int MOST_SELLERS_IN_LINES = 32_768;

    private final StepLine[] ring;
    private final boolean isInLogAlone;
    private long points;

    /**
     * No steps yet.
     *
     * @param sellers how many each line has a price and a share of: where there are many, fewer lines are kept, so that
     *     they take at most half a megabyte or so
     */
    LiveSteps(int sellers) {
        this(
                new StepLine
                        [Math.max(
                                SHORTEST_WINDOW,
                                Math.min(LONGEST_WINDOW, MOST_SELLERS_IN_LINES / Math.max(1, sellers)))],
                false);
    }

    private LiveSteps(StepLine[] ring, boolean isInLogAlone) {
        this.ring = ring;
        this.isInLogAlone = isInLogAlone;
    }

    /** For a run of an earlier service: its log has the steps, and only that knows how many there are. */
    static LiveSteps inLogAlone() {
        return new LiveSteps(new StepLine[1], true);
    }

    /** For a run that is over: how many steps there were is known, and the log has them. */
    synchronized LiveSteps withoutLines() {
        if (isInLogAlone) {
            return this;
        }
        LiveSteps rest = new LiveSteps(new StepLine[1], false);
        rest.points = points;
        return rest;
    }

    /** Whether only the log of the run has its steps. */
    boolean isInLogAlone() {
        return isInLogAlone;
    }

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
        ring[(int) (points % ring.length)] = line;
        points++;
    }

    /**
     * Lines from a step on.
     *
     * @return at most {@code most}, none when the step has not come yet; empty when only the log has it
     */
    synchronized Optional<List<StepLine>> from(long step, int most) {
        if (isInLogAlone) {
            return Optional.empty();
        }
        List<StepLine> lines = new ArrayList<>();
        for (long point = step; point < points && lines.size() < most; point++) {
            StepLine line = ring[(int) (point % ring.length)];
            if (line == null || line.step() != point) {
                return Optional.empty();
            }
            lines.add(line);
        }
        return Optional.of(lines);
    }
}
