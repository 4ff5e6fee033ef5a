package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep has at one value of each of some axes.
 *
 * @param axes the axes
 * @param values the value of each
 * @param isExact whether its name needs all digits, because another part's would be the same to six
 * @param sweep the part
 */
record PartOfSweep(List<Axis> axes, List<String> values, boolean isExact, Sweep sweep) {
    /** What a figure calls it, such as {@code ρ = 0.1, N = 500}; empty for the whole. */
    String name() {
        return String.join(", ", said());
    }

    /** The same, an axis each. */
    List<String> said() {
        return axes.stream()
                .map(axis -> axis.say(values.get(axes.indexOf(axis)), isExact))
                .toList();
    }

    /** The same as the names of files have it: options with their values. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (int place = 0; place < values.size(); place++) {
            Axis axis = axes.get(place);
            options.put(axis.name(), axis.shown(values.get(place), isExact));
        }
        return options;
    }
}
