package org.interregnum.orchestrator.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * Somebody who watches a run, from any step on: what is long ago comes from the log, what is new from the run itself. Used
 * by one thread at a time.
 */
public final class StepWatch implements AutoCloseable {
    private final ServedRun run;
    private long next;
    private EventSource past;
    /** Whether the run was over before its log was opened, which then has all that will ever come. */
    private boolean isPastAll;
    /** What the run had in memory when its log was read to the end: as long as it has that, the log has nothing new. */
    private LiveSteps read;

    private boolean over;

    StepWatch(ServedRun run, long from) {
        this.run = run;
        next = from;
    }

    /** The next lines, at most {@code most}; none when nothing is new. */
    public List<StepLine> next(int most) {
        if (over) {
            return List.of();
        }
        if (past == null) {
            boolean wasOver = run.view().state().isOver();
            LiveSteps live = run.live();
            if (live == read && live.isInLogAlone()) {
                // It waits to go on.
                return moved(List.of(), wasOver);
            }
            Optional<List<StepLine>> lines = live.from(next, most);
            if (lines.isPresent()) {
                return moved(lines.get(), wasOver);
            }
            isPastAll = wasOver;
            read = live;
            past = run.openLog();
        }
        return fromLog(most);
    }

    private List<StepLine> moved(List<StepLine> lines, boolean isLast) {
        next += lines.size();
        // Looked at before the lines: none can have come behind them.
        over = isLast && lines.isEmpty();
        return lines;
    }

    private List<StepLine> fromLog(int most) {
        List<StepLine> lines = new ArrayList<>();
        while (lines.size() < most) {
            MarketEvent event = past.next();
            if (event == null) {
                past.close();
                past = null;
                over = isPastAll;
                break;
            }
            StepLine line = event instanceof MarketOpened opening
                    ? LiveSteps.of(opening)
                    : event instanceof StepTaken step ? LiveSteps.of(step) : null;
            if (line != null && line.step() >= next) {
                lines.add(line);
                next = line.step() + 1;
            }
        }
        return lines;
    }

    /** Whether there is nothing more to come. */
    public boolean isOver() {
        return over;
    }

    /** Whether the run ended only because the service does; the next one goes on with it, and may be watched again. */
    public boolean goesOnLater() {
        return run.goesOnLater();
    }

    /** How the run is. */
    public RunView run() {
        return run.view();
    }

    @Override
    public void close() {
        if (past != null) {
            past.close();
            past = null;
        }
    }
}
