package org.interregnum.seller.llm;

/** What a seller is told of the market. */
public enum Information {
    /** Statistics and histogram of the price premiums, besides prices and shares. */
    RESEARCH,
    /** Prices and shares only. */
    PRICE_ONLY
}
