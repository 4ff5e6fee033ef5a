package org.interregnum.orchestrator.adapter.grpc;

import java.time.Duration;

/**
 * How much longer than the deadline of its decision a question to a model is waited for.
 *
 * @param forAnswer for one call's way there and back
 * @param forReturn for an agent that is away to be back
 */
record Patience(Duration forAnswer, Duration forReturn) {
    /** What is used outside tests. */
    static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));
}
