package org.interregnum.orchestrator.service;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLog;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.decision.SharedLimits;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunInstruments;

/** A run of a service, of three sellers and four buyers, and its events, without anybody who computes them. */
final class ServedMarket {
    static final String REQUEST = "J: 1\nrho: 0.8\nNt: 2000\nnum_sellers: 3\nnum_buyers: 4\nno_fig: true\n";

    static final MarketOpened OPENING = new MarketOpened(
            new int[] {0, 1, 2, -1}, new double[] {0, 0, 0}, new double[] {0.25, 0.25, 0.25}, decider());

    private ServedMarket() {}

    private static Decider decider() {
        return new Decider("by hand", "1", "rule", DecisionOutcome.RULE, "");
    }

    static StepTaken step(long step) {
        int seller = (int) (step % 3);
        return new StepTaken(
                step,
                seller,
                0,
                step,
                new int[0],
                new int[0],
                new int[0],
                new double[] {step, 0, 0},
                new double[] {0.25, 0.25, 0.25},
                decider(),
                null);
    }

    static ServiceSettings settings(Path data) {
        return ServiceSettings.of(
                "test",
                data,
                Optional.empty(),
                "protobuf",
                Optional.of("localhost:9001"),
                Optional.of("localhost:9002"),
                "2m",
                List.of(),
                2);
    }

    /** A run in a state, whose log has so many steps. */
    static ServedRun run(Path data, RunState state, int steps, boolean ended) {
        RunDirectory directory = RunDirectory.create(data.resolve("watched"));
        try (EventLog log = FileEventLog.create(directory.eventLog())) {
            log.append(new RunStarted(
                    "watched",
                    "0.1",
                    new MarketParameters(4, 3, 1, 0.5, 0.5, 1, 0, 0.25, 0, 1),
                    2000,
                    42,
                    "numpy",
                    ModelAssignment.NONE,
                    0.25));
            log.append(OPENING);
            for (int step = 1; step <= steps; step++) {
                log.append(step(step));
            }
            if (ended) {
                log.append(new RunEnded(RunStatus.FINISHED, steps, ""));
            }
        }
        List<String> journal = new ArrayList<>();
        ServiceSettings settings = settings(data);
        return new ServedRun(
                "watched",
                directory,
                new RequestText(settings).read(REQUEST),
                REQUEST,
                Instant.EPOCH,
                state,
                settings,
                new Slots(1, 1),
                SharedLimits.none(),
                (run, step, line) -> journal.add(line),
                RunInstruments.NONE);
    }
}
