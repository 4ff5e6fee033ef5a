package org.interregnum.orchestrator.agent;

/** What a seller that is a model is told of the market (MODEL.md, "LLM-driven sellers"). */
public enum Information {
    /** Statistics and histogram of the price premiums, besides prices and shares. */
    RESEARCH,
    /** Prices and shares only. */
    PRICE_ONLY
}
