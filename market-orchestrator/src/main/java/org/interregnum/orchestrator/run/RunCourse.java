package org.interregnum.orchestrator.run;

import java.util.List;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.model.MarketParameters;

/**
 * What a run is from its beginning to its end: a market that may have changed where the run was forked from another, more
 * than once when that one was a fork as well.
 *
 * @param beginning what it is from the opening on
 * @param forks where it changes, in order
 * @param end what it is from the last of these on; the beginning where there is none
 */
public record RunCourse(RunSpec beginning, List<RunForked> forks, RunSpec end) {
    public RunCourse {
        forks = List.copyOf(forks);
    }

    /** A run that never changes. */
    public static RunCourse of(RunSpec spec) {
        return new RunCourse(spec, List.of(), spec);
    }

    /** Whether anybody is a model, at any time. */
    public boolean hasModels() {
        return !beginning.models().isEmpty()
                || !end.models().isEmpty()
                || forks.stream().anyMatch(fork -> !fork.models().isEmpty());
    }

    /** The parameters of the market after so many forks. */
    MarketParameters marketAfter(int count) {
        return count == forks.size()
                ? end.market()
                : count == 0 ? beginning.market() : forks.get(count - 1).parameters();
    }

    /** The sellers and buyers that are models after so many forks. */
    ModelAssignment modelsAfter(int count) {
        return count == forks.size()
                ? end.models()
                : count == 0 ? beginning.models() : forks.get(count - 1).models();
    }

    /** The parameters in force in the step that led to a point, and at the opening for point 0. */
    public MarketParameters marketAt(int point) {
        int count = 0;
        while (count < forks.size() && forks.get(count).step() < point) {
            count++;
        }
        return marketAfter(count);
    }
}
