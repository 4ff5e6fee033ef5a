package org.interregnum.orchestrator.sweep;

import java.util.List;

/**
 * A setting that differs between the cells of a sweep.
 *
 * @param name its short name, such as {@code rho}
 * @param values its values, in the order of the grid; at least one, all different
 */
public record SweptSetting(String name, List<String> values) {
    public SweptSetting {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " has no values");
        }
    }
}
