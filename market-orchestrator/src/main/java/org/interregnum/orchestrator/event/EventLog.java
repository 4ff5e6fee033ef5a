package org.interregnum.orchestrator.event;

/** Port: where a run's events are kept. One writer, events in order. */
public interface EventLog extends AutoCloseable {
    /** Keeps nothing: for runs whose events nobody reads. */
    EventLog NONE = new EventLog() {
        @Override
        public void append(MarketEvent event) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /**
     * Adds an event. It may become durable later, in order; {@link #flush()} waits for that. The caller does not write to
     * the event's arrays afterwards.
     *
     * @throws EventLogException when this or an earlier event could not be kept
     */
    void append(MarketEvent event);

    /**
     * Waits until every event added so far is durable.
     *
     * @throws EventLogException when one could not be kept
     */
    void flush();

    /**
     * How many events were added and are not kept yet: that are in no file, or on no broker. From any thread; a moment's
     * estimate. 0 where that is not known.
     */
    default long pending() {
        return 0;
    }

    /** Flushes and lets go of the log. */
    @Override
    void close();
}
