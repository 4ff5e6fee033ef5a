package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Where an agent listens.
 *
 * @param host name or number of the host; an IPv6 number without brackets
 * @param port port, from 1 to 65535
 */
public record AgentAddress(String host, int port) {
    private static final int LONGEST_PORT = 5;
    private static final String RULE = "must be HOST:PORT with a port from 1 to 65535, such as localhost:9001";

    public AgentAddress {
        if (port < 1 || port > 65_535) {
            throw new InvalidParameterException("address", host + ":" + port, RULE);
        }
    }

    /**
     * Reads {@code HOST:PORT}; an IPv6 number is written in brackets.
     *
     * @throws InvalidParameterException when the text is not that
     */
    public static AgentAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()
                || host.chars().anyMatch(AgentAddress::isForeign)
                || host.contains(":") != bracketed
                || port.isEmpty()
                || port.length() > LONGEST_PORT
                || !port.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new InvalidParameterException("address", text, RULE);
        }
        return new AgentAddress(host, Integer.parseInt(port));
    }

    /** Whether a character is in no host's name or number, but in URLs, say. */
    private static boolean isForeign(int character) {
        return character <= ' ' || "/[]@?#".indexOf(character) >= 0;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
