package org.interregnum.orchestrator.agent;

import java.util.List;

/**
 * What an agent says of itself.
 *
 * @param implementation name of its implementation
 * @param version version of its implementation
 * @param strategies strategies that it offers, its default first
 */
public record DescribedAgent(String implementation, String version, List<String> strategies) {
    /** Nothing is known of it. */
    public static final DescribedAgent UNKNOWN = new DescribedAgent("", "", List.of());

    public DescribedAgent {
        strategies = List.copyOf(strategies);
    }
}
