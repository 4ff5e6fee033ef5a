package org.interregnum.orchestrator.event;

/**
 * The order that the events of one run come in: its start, its opening, its steps one by one, its end. Records that are
 * whole each by itself can still be too many, too few, or those of two runs.
 */
public final class EventOrder {
    private final boolean goesOnAfterEnds;
    private boolean started;
    private boolean opened;
    private boolean ended;
    private long step;

    private EventOrder(boolean goesOnAfterEnds) {
        this.goesOnAfterEnds = goesOnAfterEnds;
    }

    /** In a log from which an end is taken off when the run goes on. */
    public static EventOrder withOneEnd() {
        return new EventOrder(false);
    }

    /** In a log that nothing can be taken off from: it has an end for each time that the run was stopped. */
    public static EventOrder withManyEnds() {
        return new EventOrder(true);
    }

    /**
     * Takes the next event.
     *
     * @throws EventLogException when it cannot follow those before; the message is the end of a sentence and does not name
     *     the log
     */
    public void require(MarketEvent event) {
        require(started || event instanceof RunStarted, "the log does not begin with the start of a run");
        require(!ended || goesOnAfterEnds, "something follows the end of the run");
        if (event instanceof RunStarted) {
            require(!started, "the run begins again");
            started = true;
        } else if (event instanceof MarketOpened) {
            require(!opened, "the market opens again");
            opened = true;
        } else if (event instanceof StepTaken taken) {
            require(opened, "a step is taken before the market opens");
            require(taken.step() == step + 1, "step " + taken.step() + " follows step " + step);
            step = taken.step();
        }
        ended = event instanceof RunEnded;
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new EventLogException("the log contradicts itself: " + problem);
        }
    }
}
