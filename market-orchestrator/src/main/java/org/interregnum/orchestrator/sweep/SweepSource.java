package org.interregnum.orchestrator.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asked for, word for word, so that a sweep can be read again: when it is started again, or elsewhere.
 *
 * @param options the options of settings, by their first names, with what was given
 * @param seeds number of seeds; empty when none was given as an option
 * @param repetitions number of runs of each seed; empty when none was given as an option
 * @param fileName name of the sweep file; empty without one
 * @param fileText all of the sweep file; empty without one
 */
public record SweepSource(
        Map<String, String> options,
        Optional<String> seeds,
        Optional<String> repetitions,
        String fileName,
        String fileText) {
    public SweepSource {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
