package org.interregnum.orchestrator.event;

import java.util.List;
import org.interregnum.orchestrator.model.Impression;

/**
 * What a step changed for the buyers that are models, besides their choices.
 *
 * @param impressionBuyers buyers whose impression of the seller they bought from changed, ascending
 * @param newImpressions their new impressions of it
 * @param decisions who decided for whom
 */
public record ModelBuyerChanges(int[] impressionBuyers, Impression[] newImpressions, List<BuyerDecisions> decisions) {
    /** No such buyer acted. */
    public static final ModelBuyerChanges NONE = new ModelBuyerChanges(new int[0], new Impression[0], List.of());
}
