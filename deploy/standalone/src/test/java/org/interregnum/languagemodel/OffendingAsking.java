package org.interregnum.languagemodel;

import org.interregnum.agent.v1.MarketView;

/** Asking models may not know of markets. */
public final class OffendingAsking {
    private OffendingAsking() {}

    static double first(MarketView market) {
        return market.getPrices(0);
    }
}
