package org.interregnum.orchestrator.event;

/** Port: reads a run's events back, in the order in which they happened. */
public interface EventSource extends AutoCloseable {
    /**
     * The next event, or null after the last one that is there.
     *
     * @throws EventLogException when what is there is damaged, is no event, or cannot be read
     */
    MarketEvent next();

    @Override
    void close();
}
