package org.interregnum.orchestrator.request;

/**
 * A value as the user gave it.
 *
 * @param name where, as the user wrote it: {@code --rho}, or {@code run.yaml line 3: rho}
 * @param text the value, unparsed
 */
public record Given(String name, String text) {
    /** A complaint about this value. */
    public BadInputException isBad(String rule) {
        return BadInputException.about(name, text, rule);
    }
}
