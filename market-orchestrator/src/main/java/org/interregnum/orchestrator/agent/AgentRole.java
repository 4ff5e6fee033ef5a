package org.interregnum.orchestrator.agent;

import java.util.Locale;

/** Which side of the market an agent decides for. */
public enum AgentRole {
    /** Sellers' prices. */
    SELLER,
    /** Buyers' choices. */
    BUYER;

    /** Its name in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
