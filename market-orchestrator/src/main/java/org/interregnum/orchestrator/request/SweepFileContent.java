package org.interregnum.orchestrator.request;

import java.util.Optional;

/**
 * What a sweep file says.
 *
 * @param name name of the file
 * @param text all of it
 * @param run what it says of every run; a setting of the whole run may name many values, separated by commas
 * @param seeds number of seeds; empty when it says none
 * @param repetitions number of runs of each seed; empty when it says none
 */
public record SweepFileContent(
        String name, String text, RunFileContent run, Optional<Given> seeds, Optional<Given> repetitions) {
    /** Key, and option without its dashes, of the number of seeds. */
    public static final String SEEDS = "seeds";

    /** What a number of seeds must be. */
    public static final String SEEDS_RULE = "must be a whole number from 1 to 1000000, of seeds from --seed on";

    /** Key, and option without its dashes, of the number of runs of each seed. */
    public static final String REPETITIONS = "repetitions";

    /** What a number of runs of each seed must be. */
    public static final String REPETITIONS_RULE = "must be a whole number from 1 to 1000, of runs of each seed";

    /** No file. */
    public static final SweepFileContent NONE =
            new SweepFileContent("", "", RunFileContent.NONE, Optional.empty(), Optional.empty());
}
