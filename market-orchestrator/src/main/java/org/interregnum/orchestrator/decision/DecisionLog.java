package org.interregnum.orchestrator.decision;

import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.event.EventLogException;

/** Port: where decisions of models are kept. One writer. */
public interface DecisionLog extends AutoCloseable {
    /** Keeps nothing: for runs without models. */
    DecisionLog NONE = decision -> {};

    /**
     * Makes sure that there is a log, where it would otherwise be made when it is first written to.
     *
     * @throws EventLogException when there cannot be one
     */
    default void open() {}

    /**
     * Keeps a decision. When this returns, the end of the process cannot lose it.
     *
     * @throws EventLogException when it could not be kept
     */
    void append(DecisionRecord decision);

    /**
     * Keeps that a question is about to be sent, so that what this process may have spent on it is known to the next one
     * should it end before the answer. When this returns, the end of the process cannot lose it.
     *
     * @throws EventLogException when it could not be kept
     */
    default void asking(AskedQuestion question) {}

    /**
     * Waits until every decision so far is on the device, where the end of the machine cannot lose it.
     *
     * @throws EventLogException when one could not be kept
     */
    default void flush() {}

    /** Lets go of the log. */
    @Override
    default void close() {}
}
