package org.interregnum.orchestrator.agent;

import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Neighbouring sellers that one model decides for.
 *
 * @param first first seller, from 0
 * @param last last seller, at least the first
 * @param model the model
 * @param information what it is told
 */
public record SellerRange(int first, int last, ModelSettings model, Information information) {
    public SellerRange {
        if (first < 0 || last < first) {
            throw new InvalidParameterException(
                    "range", first + "-" + last, "must be FIRST-LAST with 0 <= FIRST <= LAST");
        }
    }

    /** Whether a seller is one of them. */
    public boolean contains(int seller) {
        return seller >= first && seller <= last;
    }
}
