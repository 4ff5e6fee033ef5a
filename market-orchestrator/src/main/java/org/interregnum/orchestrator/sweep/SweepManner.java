package org.interregnum.orchestrator.sweep;

import java.util.Optional;

/**
 * How a sweep is run, which does not change what comes out, and is kept for when it goes on.
 *
 * @param atOnce most markets at once; empty for as many as suit the machine
 * @param keepsRuns whether runs of rules keep their files too
 */
public record SweepManner(Optional<Integer> atOnce, boolean keepsRuns) {
    /** As the machine is, with a line of each run of rules. */
    public static final SweepManner USUAL = new SweepManner(Optional.empty(), false);
}
