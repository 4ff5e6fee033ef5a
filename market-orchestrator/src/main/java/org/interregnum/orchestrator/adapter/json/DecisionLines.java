package org.interregnum.orchestrator.adapter.json;

import java.util.function.Consumer;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.event.EventLogException;

/** The lines of a run's decisions in their order, wherever they are kept; more may come behind those that are there. */
public interface DecisionLines {
    /** What they are called in a complaint. */
    String name();

    /** The beginning of a complaint about a line, from 1. */
    String place(long number);

    /**
     * Hands on lines from the first on, without their ends.
     *
     * @param most number of lines at most
     * @return number of lines handed on
     * @throws EventLogException when they cannot be read
     */
    long read(long most, Consumer<byte[]> reader);

    /** What the questions are called in a complaint. */
    default String askedName() {
        return name();
    }

    /**
     * Hands on every question that was asked, in order, as far as that is known where the lines are.
     *
     * @throws EventLogException when there is something else
     */
    default void readAsked(Consumer<AskedQuestion> reader) {}
}
