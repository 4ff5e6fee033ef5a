package org.interregnum.orchestrator.adapter.kafka;

/** Hears when the broker is away and when it is back. Called on the log's own thread; must not throw. */
public interface BrokerListener {
    /** Hears nothing. */
    BrokerListener NONE = new BrokerListener() {
        @Override
        public void waiting() {}

        @Override
        public void stillWaiting(String problem) {}

        @Override
        public void answers() {}
    };

    /** The broker does not answer; what is to be written waits. Said once for each time that it is away. */
    void waiting();

    /**
     * What is to be written was tried a second time, and failed again. Said once for each time, behind {@link #waiting()}
     * if that was said.
     *
     * @param problem what the client complained of, in one line
     */
    void stillWaiting(String problem);

    /** The broker answers again, and what waited is written. */
    void answers();
}
