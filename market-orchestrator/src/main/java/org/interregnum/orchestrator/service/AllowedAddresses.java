package org.interregnum.orchestrator.service;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.request.BadInputException;

/** The addresses at which a service lets itself be told to ask agents. */
public final class AllowedAddresses {
    /** Agents on this machine. */
    static final List<String> LOOPBACK = List.of("localhost:*", "127.0.0.1:*", "[::1]:*");

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^\\s:\\[\\]/@?#,]+):(\\*|\\d{1,5})");

    private final List<String> patterns;
    private final List<Pattern> compiled;

    private AllowedAddresses(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        compiled = patterns.stream().map(AllowedAddresses::compile).toList();
    }

    /**
     * Reads patterns, such as {@code *.agents.svc:9001}, in which a star stands for any letters, and for any port.
     *
     * @param patterns the patterns; those for this machine when there are none
     * @param own addresses that are allowed in any case
     * @throws BadInputException when one is no pattern
     */
    static AllowedAddresses of(List<String> patterns, Stream<AgentAddress> own) {
        for (String pattern : patterns) {
            if (!FORM.matcher(pattern).matches()) {
                throw BadInputException.about(
                        "interregnum.agent-addresses",
                        pattern,
                        "must be HOST:PORT, in which * may stand for letters or for the port, such as *.agents.svc:9001");
            }
        }
        return new AllowedAddresses(
                Stream.concat((patterns.isEmpty() ? LOOPBACK : patterns).stream(), own.map(AgentAddress::toString))
                        .distinct()
                        .toList());
    }

    private static Pattern compile(String pattern) {
        String regex = Stream.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                // No further colon, so that a star for a host is none for a port.
                .collect(Collectors.joining("[^:]*"));
        return Pattern.compile(regex);
    }

    /** Whether an agent may be asked there. The address is compared as it is written; names are not looked up. */
    boolean allow(AgentAddress address) {
        String text = address.toString().toLowerCase(Locale.ROOT);
        return compiled.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    /**
     * Makes sure that an agent may be asked there.
     *
     * @throws AgentAddressException when it may not
     */
    void require(AgentAddress address) {
        if (!allow(address)) {
            throw new AgentAddressException("the address " + address
                    + " is not among those that INTERREGNUM_AGENT_ADDRESSES allows: " + String.join(", ", patterns));
        }
    }
}
