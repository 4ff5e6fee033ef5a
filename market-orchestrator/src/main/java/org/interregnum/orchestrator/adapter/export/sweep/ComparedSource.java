package org.interregnum.orchestrator.adapter.export.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs of one kind of agents.
 *
 * @param name what they are called
 * @param runs the runs by what those of others must have in common with them, those that did not finish included
 */
record ComparedSource(String name, Map<MarketKey, List<SweptRun>> runs) {
    /** Unfinished runs. */
    long unfinished() {
        return runs.values().stream()
                .flatMap(List::stream)
                .filter(run -> !run.finished())
                .count();
    }

    /** Whether it has a finished run of these settings of the market and this seed. */
    boolean has(MarketKey key) {
        return runs.getOrDefault(key, List.of()).stream().anyMatch(SweptRun::finished);
    }

    /**
     * Reads a directory: of a sweep, of a run, or with directories of runs in it. Where its runs have different agents it
     * is as many sources.
     *
     * @param name what it is called
     * @throws SweepUnreadableException when it is none of these, or damaged
     */
    static List<ComparedSource> read(Path directory, String name) {
        List<SweptRun> runs = new ArrayList<>();
        if (Files.exists(directory.resolve(RunsTable.NAME))) {
            RunsTable.read(directory.resolve(RunsTable.NAME), runs::add);
        } else {
            runDirectories(directory).forEach(run -> runs.add(RunManifestReader.read(run)));
        }
        if (runs.isEmpty()) {
            throw new SweepUnreadableException(
                    directory + ": holds no run; must be the directory of a sweep, of a run, or of runs");
        }
        return divided(name, runs);
    }

    private static List<Path> runDirectories(Path directory) {
        if (Files.exists(directory.resolve(RunManifestReader.NAME))) {
            return List.of(directory);
        }
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.filter(path -> Files.exists(path.resolve(RunManifestReader.NAME)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SweepUnreadableException(directory + " cannot be read: " + e.getMessage());
        }
    }

    private static List<ComparedSource> divided(String name, List<SweptRun> runs) {
        Set<String> varying = new LinkedHashSet<>();
        Map<String, String> first = runs.get(0).settings();
        for (SweptRun run : runs) {
            run.settings().forEach((setting, value) -> {
                if (!MarketKey.isOfMarket(setting) && !value.equals(first.get(setting))) {
                    varying.add(setting);
                }
            });
        }
        Map<String, Map<MarketKey, List<SweptRun>>> parts = new LinkedHashMap<>();
        AgentNames names = new AgentNames(runs.stream().map(SweptRun::settings).toList(), varying);
        for (SweptRun run : runs) {
            String agents = names.of(run.settings());
            String part = agents.isEmpty() ? name : name + " (" + agents + ")";
            parts.computeIfAbsent(part, unknown -> new LinkedHashMap<>())
                    .computeIfAbsent(MarketKey.of(run), unknown -> new ArrayList<>())
                    .add(run);
        }
        return parts.entrySet().stream()
                .map(part -> new ComparedSource(part.getKey(), part.getValue()))
                .toList();
    }
}
