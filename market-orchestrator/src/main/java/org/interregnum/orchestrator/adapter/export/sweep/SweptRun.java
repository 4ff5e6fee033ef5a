package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.Map;
import org.interregnum.orchestrator.analysis.Regime;

/**
 * What a table says of a run.
 *
 * @param settings its settings by the names of their options, but for the seed and the number of its repetition
 * @param seed its seed
 * @param finished whether it came to its end; otherwise nothing of it counts but that it is there
 * @param regime its regime; null unless it finished
 * @param values its order parameters in the order of {@link Measure}; NaN where one is not defined
 */
record SweptRun(Map<String, String> settings, long seed, boolean finished, Regime regime, double[] values) {
    double value(Measure measure) {
        return values[measure.place()];
    }
}
