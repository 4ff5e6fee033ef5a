package org.interregnum.standalone.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.UnrecordedRun;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.SweepRequest;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.orchestrator.sweep.SweepManner;
import org.interregnum.standalone.InProcessAgents;

/** What a sweep needs: memory for the markets that run at once, time, and models with their keys. */
final class SweepNeeds {
    private static final int AT_ONCE_WITH_MODELS = 32;
    private static final int TRIAL_POINTS = 1000;
    private static final long TRIAL_NANOS = 1_000_000_000L;

    private final SweepRequest request;
    private final int atOnce;
    private double memoryOfOne;
    private int largest;
    private int withModels;
    private int runsOfEach;
    private final List<RunSpec> modelRuns = new ArrayList<>();

    /**
     * Looks at every combination but for its seeds and repetitions, which need the same.
     *
     * @throws BadInputException when the largest market does not fit into memory
     */
    SweepNeeds(SweepRequest request, SweepManner manner) {
        this.request = request;
        int replicates;
        for (int cell = 0; cell < request.cells(); cell += replicates) {
            replicates = request.replicates(cell);
            RunRequest run = request.run(cell);
            boolean hasModels = !run.spec().models().isEmpty();
            boolean isRecorded = hasModels || manner.keepsRuns();
            double need = isRecorded ? MemoryNeed.recorded(run.spec()) : MemoryNeed.unrecorded(run.spec());
            if (need > memoryOfOne) {
                memoryOfOne = need;
                largest = cell;
            }
            if (hasModels) {
                withModels += replicates;
                runsOfEach = replicates;
                modelRuns.add(run.spec());
                ModelPrompts.requireWordings(run.spec().models());
            }
        }
        ModelKeys.requireOwnVariables(modelRuns.stream().map(RunSpec::models).toList());
        int fitting = (int) Math.min(Integer.MAX_VALUE, MemoryNeed.forRuns() / memoryOfOne);
        if (fitting == 0) {
            MemoryNeed.of(request.run(largest).spec())
                    .require(request.run(largest).spec());
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int wanted = manner.atOnce().orElse(withModels > 0 ? Math.max(cores, AT_ONCE_WITH_MODELS) : cores);
        atOnce = Math.max(1, Math.min(wanted, fitting));
    }

    /** Markets that run at once. */
    int atOnce() {
        return atOnce;
    }

    /**
     * Makes sure that there are keys for every model.
     *
     * @return which keys will be sent to whom
     */
    List<String> requireModels() {
        ModelKeys keys = new ModelKeys(System.getenv());
        modelRuns.forEach(run -> keys.require(run.models()));
        return modelRuns.stream()
                .flatMap(run -> keys.sent(run.models()).stream())
                .distinct()
                .toList();
    }

    void print(PrintStream out) {
        line(out, "cells", Integer.toString(request.cells()));
        request.grid()
                .settings()
                .forEach(setting -> line(
                        out,
                        setting.name(),
                        setting.values().size() + " values: " + String.join(", ", shown(setting.values()))));
        request.fixedSettings().forEach((name, value) -> line(out, name, value));
        line(out, "at once", Integer.toString(atOnce));
        line(out, "memory", MemoryNeed.text(atOnce * memoryOfOne) + " for the markets that run at once");
        if (withModels > 0) {
            line(out, "models", withModels + " cells with models; the time depends on how fast they answer");
            ModelForecast forecast = new ModelForecast(modelRuns, runsOfEach);
            forecast.lines().forEach((who, use) -> line(out, "will ask", who + ": " + use + ", without repetitions"));
            forecast.paces().forEach(pace -> line(out, "pace", pace));
            ModelKeys keys = new ModelKeys(System.getenv());
            modelRuns.stream()
                    .flatMap(run -> keys.lines(run.models()).stream())
                    .distinct()
                    .forEach(key -> line(out, "key", key));
            line(
                    out,
                    "may spend",
                    CheckCommand.budget(request.budget())
                            + (forecast.exceeds(request.budget())
                                    ? ", which is less than it will want: it will stop there, and can be resumed"
                                    : ""));
        }
        if (withModels < request.cells()) {
            line(out, "time", time());
        }
    }

    private static List<String> shown(List<String> values) {
        return values.size() <= 12
                ? values
                : List.of(values.get(0), values.get(1), "...", values.get(values.size() - 1));
    }

    /** Tries the first market of rules for a second. */
    private String time() {
        SweepWork work = new SweepWork(request);
        int cell = 0;
        while (!request.run(cell).spec().models().isEmpty()) {
            cell++;
        }
        RunRequest run = request.run(cell);
        int points = Math.min(TRIAL_POINTS, run.spec().points());
        RunRequest trial = run.withSpec(new RunSpec(
                run.spec().market(),
                points,
                run.spec().seed(),
                run.spec().generator(),
                run.spec().burnIn()));
        long began = System.nanoTime();
        double nanos = 0;
        do {
            long before = System.nanoTime();
            try (UnrecordedRun unrecorded = new UnrecordedRun(trial, "trial", new InProcessAgents())) {
                RunResult result = unrecorded.run();
                nanos = (double) (System.nanoTime() - before)
                        / Math.max(1, result.series().points());
            }
        } while (System.nanoTime() - began < TRIAL_NANOS);
        double ofAll = nanos * run.spec().points() * work.left() / work.of(cell) / atOnce;
        return "about %s, by a trial of a second".formatted(Summary.time(ofAll));
    }

    private static void line(PrintStream out, String name, String value) {
        out.println(String.format(Locale.ROOT, "%-12s %s", name, value));
    }
}
