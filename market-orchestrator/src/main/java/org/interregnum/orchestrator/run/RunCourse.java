package org.interregnum.orchestrator.run;

import java.util.List;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.model.MarketParameters;

/**
 * What a run is from its beginning to its end, as far as that is known before it runs: a market that may have changed where
 * the run was forked from another, or where agents were assigned.
 *
 * @param beginning what it is from the opening on
 * @param changes where it changes, in order
 * @param end what it is from the last of these on; the beginning where there is none
 */
public record RunCourse(RunSpec beginning, List<MarketChange> changes, RunSpec end) {
    public RunCourse {
        changes = List.copyOf(changes);
    }

    /** A run that never changes. */
    public static RunCourse of(RunSpec spec) {
        return new RunCourse(spec, List.of(), spec);
    }

    /** Whether anybody is a model, at any time. */
    public boolean hasModels() {
        return !beginning.models().isEmpty()
                || !end.models().isEmpty()
                || changes.stream().anyMatch(change -> !change.models().isEmpty());
    }

    /** Where it left the history of another run, in order. */
    public List<RunForked> forks() {
        return changes.stream()
                .filter(RunForked.class::isInstance)
                .map(RunForked.class::cast)
                .toList();
    }

    /** The parameters of the market after so many changes. */
    MarketParameters marketAfter(int count) {
        if (count == changes.size()) {
            return end.market();
        }
        for (int index = count - 1; index >= 0; index--) {
            if (changes.get(index) instanceof RunForked fork) {
                return fork.parameters();
            }
        }
        return beginning.market();
    }

    /** The sellers and buyers that are models after so many changes. */
    ModelAssignment modelsAfter(int count) {
        return count == changes.size()
                ? end.models()
                : count == 0 ? beginning.models() : changes.get(count - 1).models();
    }

    /** Who decides for whom after so many changes. */
    AgentAssignment assignmentAfter(int count) {
        if (count == 0) {
            return AgentAssignment.of(modelsAfter(0));
        }
        return changes.get(count - 1) instanceof AgentsAssigned assigned
                ? assigned.assignment()
                : assignmentAfter(count - 1)
                        .withModels(modelsAfter(count), changes.get(count - 1).step() + 1);
    }

    /** Who decides for whom after its last change. */
    public AgentAssignment assignment() {
        return assignmentAfter(changes.size());
    }

    /** The parameters in force in the step that led to a point, and at the opening for point 0. */
    public MarketParameters marketAt(int point) {
        return marketAfter(changesBefore(point));
    }

    /** The sellers and buyers that are models in the step that follows a point. */
    public ModelAssignment modelsAfterPoint(int point) {
        return modelsAfter(changesBefore(point + 1L));
    }

    private int changesBefore(long point) {
        int count = 0;
        while (count < changes.size() && changes.get(count).step() < point) {
            count++;
        }
        return count;
    }
}
