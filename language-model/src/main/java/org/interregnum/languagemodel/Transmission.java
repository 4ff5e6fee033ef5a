package org.interregnum.languagemodel;

import java.util.Optional;

/**
 * One HTTP request and what came of it. LangChain4j writes the request and reads the answer; what it cannot say about them,
 * such as headers and how a call failed, is kept here.
 */
final class Transmission {
    /** How a request came to no answer. */
    enum Trouble {
        /** There was none: the server answered, whatever with. */
        NONE,
        /** It was not sent: its address or its key cannot be. */
        UNSENDABLE,
        /** It was not sent: no connection came about. */
        UNCONNECTED,
        /** The connection broke. */
        BROKEN,
        /** There was more of the answer than is read. */
        TOO_LARGE,
        /** The answer was not there in time. */
        TIMED_OUT,
        /** The asking thread was interrupted. */
        INTERRUPTED
    }

    /** The key that is sent along. */
    final Optional<String> key;
    /** Whose way of sending a key is meant. */
    final Provider provider;
    /** How long to wait for the whole answer. */
    final long timeoutNanos;

    boolean isBegun;
    Trouble trouble = Trouble.NONE;
    /** More about the trouble, as its library says; may be empty. */
    String details = "";

    int status;
    String body = "";
    Optional<String> retryAfter = Optional.empty();
    long latencyNanos;

    Transmission(Optional<String> key, Provider provider, long timeoutNanos) {
        this.key = key;
        this.provider = provider;
        this.timeoutNanos = timeoutNanos;
    }

    boolean isSuccess() {
        return trouble == Trouble.NONE && status >= 200 && status < 300;
    }
}
