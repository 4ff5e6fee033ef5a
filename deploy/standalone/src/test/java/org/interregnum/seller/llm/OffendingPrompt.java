package org.interregnum.seller.llm;

import org.interregnum.agent.v1.MarketView;
import org.interregnum.languagemodel.wire.RequestedModel;

/** What a model is told may not depend on how a request arrived. */
public final class OffendingPrompt {
    private OffendingPrompt() {}

    static String told(MarketView market, RequestedModel model) {
        return market.getPrices(0) + model.variant();
    }
}
