package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Color;
import java.util.List;

/**
 * A cell of a map.
 *
 * @param fill its colour; null for one without a value, which is hatched
 * @param lines what stands in it, as far as there is room
 */
record Cell(Color fill, List<String> lines) {
    /** No run was made there. */
    static final Cell MISSING = new Cell(null, List.of());

    /** There are runs, but none finished, or none has a value. */
    static final Cell WITHOUT_VALUE = new Cell(null, List.of("×"));
}
