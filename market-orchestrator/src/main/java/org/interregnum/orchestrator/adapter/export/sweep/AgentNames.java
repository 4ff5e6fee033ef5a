package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Short names for kinds of agents that differ in some settings: of these the fewest that tell all kinds apart, the most
 * telling first. So a sweep over models has the models' names, and not their servers' as well.
 */
final class AgentNames {
    private static final String MODEL = "model";
    private static final List<String> TELLING = List.of(MODEL, "sellers", "buyers", "information", "ratio");

    private final List<String> chosen = new ArrayList<>();

    /**
     * Names for some kinds of agents.
     *
     * @param settings the settings of runs, at least one of each kind
     * @param differing the settings that make the kinds
     */
    AgentNames(Collection<Map<String, String>> settings, Collection<String> differing) {
        Set<String> candidates = new LinkedHashSet<>(TELLING);
        candidates.retainAll(differing);
        candidates.addAll(differing);
        int kinds = kinds(settings, differing);
        for (String candidate : candidates) {
            List<String> more = new ArrayList<>(chosen);
            more.add(candidate);
            int before = kinds(settings, chosen);
            if (before < kinds && kinds(settings, more) > before) {
                chosen.add(candidate);
            }
        }
    }

    private static int kinds(Collection<Map<String, String>> settings, Collection<String> names) {
        Set<List<String>> kinds = new HashSet<>();
        settings.forEach(run ->
                kinds.add(names.stream().map(name -> run.getOrDefault(name, "")).toList()));
        return kinds.size();
    }

    /** The name of a run's kind; empty where there is only one. */
    String of(Map<String, String> settings) {
        if (chosen.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String setting : chosen) {
            String value = settings.getOrDefault(setting, "");
            if (!value.isEmpty()) {
                parts.add(setting.equals(MODEL) ? value : setting + " " + value);
            }
        }
        // A setting of models has no value where nobody is one.
        return parts.isEmpty() ? "rule" : String.join(", ", parts);
    }
}
