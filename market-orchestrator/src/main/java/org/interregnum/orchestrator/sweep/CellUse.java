package org.interregnum.orchestrator.sweep;

/**
 * What the models of a cell used.
 *
 * @param calls calls that were sent
 * @param tokens tokens of questions and answers, as far as providers said
 * @param cost money spent on models whose prices are known; NaN without such a model
 * @param fallbacks decisions that kept what was, for want of an answer
 * @param chargedCalls calls that count against the budget, those that may have been made among them
 * @param chargedTokens tokens that count against the budget
 * @param chargedCost money that counts against the budget
 */
public record CellUse(
        long calls,
        long tokens,
        double cost,
        long fallbacks,
        long chargedCalls,
        long chargedTokens,
        double chargedCost) {}
