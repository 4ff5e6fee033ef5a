package org.interregnum.buyer.llm;

import org.interregnum.languagemodel.wording.TwoDecimals;

/** How buyers are told of a seller, in one line. */
final class SellerLine {
    private SellerLine() {}

    /** What everybody knows, such as {@code Seller 3: price 0.41, market share 0.08}. */
    static String of(int seller, double[] prices, double[] shares) {
        return "Seller " + seller + ": price " + TwoDecimals.of(prices[seller]) + ", market share "
                + TwoDecimals.of(shares[seller]);
    }

    /** The same with what the buyer thinks of the seller, such as {@code ..., impression good}. */
    static String of(int seller, double[] prices, double[] shares, Impression impression) {
        return of(seller, prices, shares) + ", impression " + impression.word();
    }
}
