package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventJson;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;

/** {@code market events}: prints a run's log as JSON, an event a line, one event at a time in memory. */
final class EventsCommand {
    private static final String NAME = "market events";

    private final Console console;

    EventsCommand(Console console) {
        this.console = console;
    }

    /**
     * Prints the events of some steps; the start and the opening belong to step 0, the end to the last step.
     *
     * @param kafka broker that has the run, if one was given
     * @param from first step
     * @param to last step
     */
    int execute(Path run, Optional<Given> kafka, long from, long to) {
        LineOutput out = new LineOutput(console);
        try (EventSource log =
                EarlierRun.log(run, kafka, console.saying(NAME)).opening().get()) {
            print(log, from, to, out);
            return ExitCode.DONE;
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        } catch (IOException e) {
            complain("cannot write to standard output: " + e.getMessage());
            return ExitCode.FAULT;
        }
    }

    private void print(EventSource log, long from, long to, LineOutput out) throws IOException {
        try {
            for (MarketEvent event = log.next(); event != null && step(event) <= to; event = log.next()) {
                if (step(event) >= from && !out.add(MarketEventJson.encode(event))) {
                    return;
                }
            }
        } catch (EventLogException e) {
            // What comes before the damage is as good as ever. When nobody reads on, nobody misses the rest.
            if (out.flush()) {
                throw e;
            }
            return;
        }
        if (out.flush() && log instanceof FileEventLogReader reader && reader.isTorn()) {
            complain(String.format(
                    Locale.ROOT,
                    "%s, offset %d: the last record is cut off, and left out",
                    reader.path(),
                    reader.position()));
        }
    }

    /** The step that an event belongs to. */
    private static long step(MarketEvent event) {
        if (event instanceof StepTaken taken) {
            return taken.step();
        }
        if (event instanceof MarketChange change) {
            return change.step();
        }
        return event instanceof RunEnded ended ? ended.lastStep() : 0;
    }

    private void complain(String problem) {
        console.saying(NAME).accept(problem);
    }
}
