package org.interregnum.orchestrator.event;

import java.util.List;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketParameters;

/**
 * What came before is the history of another run; from here on the market may differ from that one's. Follows the opening
 * or a step.
 *
 * @param parentRunId identifier of the run whose history this is
 * @param step last step that the two share; 0 for the opening alone
 * @param parameters parameters of the market from here on; its size and the distribution of preferences are as before
 * @param models the sellers and buyers that are models from here on
 * @param impressions impressions, at this moment, of the buyers that are models from here on, buyer by buyer, seller 0
 *     first
 * @param priceShocks prices that are set at this moment, by nobody's decision
 */
public record RunForked(
        String parentRunId,
        long step,
        MarketParameters parameters,
        ModelAssignment models,
        Impression[] impressions,
        List<PriceShock> priceShocks)
        implements MarketChange {

    /** Checks that a seller has one price only. */
    public RunForked {
        priceShocks = List.copyOf(priceShocks);
        if (priceShocks.stream().mapToInt(PriceShock::seller).distinct().count() < priceShocks.size()) {
            throw new IllegalArgumentException("it sets the price of a seller twice");
        }
    }

    /**
     * A price that is set from outside.
     *
     * @param seller seller whose price it is
     * @param price its price, at least 0
     */
    public record PriceShock(int seller, double price) {
        /** Checks the price. */
        public PriceShock {
            if (!(price >= 0 && price <= MarketParameters.LARGEST)) {
                throw new IllegalArgumentException("its price " + price + " is not from 0 to 1e9");
            }
        }
    }
}
