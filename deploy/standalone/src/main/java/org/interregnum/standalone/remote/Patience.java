package org.interregnum.standalone.remote;

import java.time.Duration;

/**
 * How long a service that is away is waited for.
 *
 * @param first pause before it is asked again
 * @param longest longest pause; each is twice the one before
 * @param all how long it may be away, before it is given up
 * @param silence how long a stream may bring nothing, not even a comment
 */
public record Patience(Duration first, Duration longest, Duration all, Duration silence) {
    /** Of a command: services restart within minutes, and send a comment every 15 s. */
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofSeconds(60));
}
