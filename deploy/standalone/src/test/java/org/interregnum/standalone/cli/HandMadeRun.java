package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.adapter.file.FileEventLog;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;

/** A run of two steps, four buyers and three sellers, written by hand: small enough that everything is known of it. */
final class HandMadeRun {
    static final Decider SELLERS = new Decider("by hand", "1", "rule", DecisionOutcome.RULE, "");
    static final Decider BUYERS = new Decider("by \"hand\"", "2", "rule", DecisionOutcome.RULE, "");

    private HandMadeRun() {}

    /** Leaves its log in a new directory. */
    static Path in(Path directory) throws IOException {
        Files.createDirectory(directory);
        try (EventLog log = FileEventLog.create(directory.resolve("events.log"))) {
            begin(log);
            log.append(new StepTaken(
                    1,
                    1,
                    0,
                    1e-5,
                    new int[] {1, 3},
                    new int[] {3},
                    new int[] {2},
                    new double[] {0, 1e-5, 0},
                    new double[] {0.5, 0.25, 0.25},
                    SELLERS,
                    BUYERS));
            log.append(secondStep());
            log.append(new RunEnded(RunStatus.FINISHED, 2, ""));
        }
        return directory;
    }

    /** Writes a log whose first step is the second. */
    static void writeContradiction(Path file) {
        try (EventLog log = FileEventLog.create(file)) {
            begin(log);
            log.append(secondStep());
        }
    }

    private static void begin(EventLog log) {
        log.append(new RunStarted(
                "by-hand",
                "0.1",
                new MarketParameters(4, 3, 1, 0.5, 0.5, 1, 0, 0.25, 0, 1),
                3,
                42,
                "numpy",
                ModelAssignment.NONE,
                0.25));
        log.append(
                new MarketOpened(new int[] {0, 0, 1, -1}, new double[] {0, 0, 0}, new double[] {0.5, 0.25, 0}, BUYERS));
    }

    private static StepTaken secondStep() {
        return new StepTaken(
                2,
                2,
                0,
                0.1,
                new int[0],
                new int[0],
                new int[0],
                new double[] {0, 1e-5, 0.1},
                new double[] {0.5, 0.25, 0.25},
                SELLERS,
                null);
    }
}
