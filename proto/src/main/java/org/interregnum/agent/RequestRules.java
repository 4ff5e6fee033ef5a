package org.interregnum.agent;

import java.util.List;
import org.interregnum.agent.v1.MarketView;

/** Rules that requests of both contracts share; a request that breaks one is answered with its field and value. */
public final class RequestRules {
    private static final int FEWEST_SELLERS = 3;

    // A share is 1/N added once for each buyer, so all buyers together can exceed 1 by rounding.
    private static final double LARGEST_SHARE = 1 + 1e-6;

    private RequestRules() {}

    /** Refuses unless a condition holds. The message costs nothing unless it is needed. */
    public static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new InvalidRequestException(field + " is " + value + "; it " + rule);
        }
    }

    /** Refuses a market of fewer than 3 sellers, or with a price or share outside its range. */
    public static void requireMarket(boolean present, MarketView market) {
        if (!present) {
            throw new InvalidRequestException("market is missing");
        }
        int sellers = market.getPricesCount();
        if (sellers < FEWEST_SELLERS) {
            throw new InvalidRequestException("market.prices has " + sellers + " elements; it must have at least 3");
        }
        if (market.getSharesCount() != sellers) {
            throw new InvalidRequestException("market.shares has " + market.getSharesCount() + " elements for "
                    + sellers + " sellers; it must have one for each");
        }
        for (int seller = 0; seller < sellers; seller++) {
            double price = market.getPrices(seller);
            if (!(price >= 0 && price <= Double.MAX_VALUE)) {
                throw refused("market.prices", seller, price, "must be finite and at least 0");
            }
            double share = market.getShares(seller);
            if (!(share >= 0 && share <= LARGEST_SHARE)) {
                throw refused("market.shares", seller, share, "must be from 0 to 1");
            }
        }
    }

    /** Refuses a number that is not finite or below a bound. */
    public static void requireAtLeast(double least, String field, double value) {
        if (!(value >= least && value <= Double.MAX_VALUE)) {
            throw new InvalidRequestException(
                    field + " is " + value + "; it must be finite and at least " + (long) least);
        }
    }

    /** Refuses a list with an element that is not finite. */
    public static void requireFinite(String field, double[] values) {
        for (int index = 0; index < values.length; index++) {
            if (!Double.isFinite(values[index])) {
                throw refused(field, index, values[index], "must be finite");
            }
        }
    }

    /** Refuses a strategy that is not among those offered; an empty one means the default. */
    public static void requireStrategy(String strategy, List<String> offered) {
        if (!strategy.isEmpty() && !offered.contains(strategy)) {
            throw new UnmetRequestException("this agent does not offer the strategy '" + strategy + "'; it offers: "
                    + String.join(", ", offered));
        }
    }

    /** What to throw when one element of a list breaks its rule. */
    public static InvalidRequestException refused(String field, int index, Object value, String rule) {
        return new InvalidRequestException(field + "[" + index + "] is " + value + "; it " + rule);
    }
}
