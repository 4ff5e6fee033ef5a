package org.interregnum.orchestrator.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Where an agent listens.
 *
 * @param host name or number of the host; an IPv6 number without brackets
 * @param port port, from 1 to 65535
 */
public record AgentAddress(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]]+)):(\\d{1,5})");
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
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new InvalidParameterException("address", text, RULE);
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        return new AgentAddress(host, Integer.parseInt(parts.group(3)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
