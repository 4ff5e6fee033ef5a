package org.interregnum.languagemodel;

import java.util.List;
import java.util.Optional;

/**
 * What came of asking a model for one decision.
 *
 * @param ending how it ended
 * @param value what the model decided; present when it is {@link Ending#ANSWERED} or {@link Ending#REPAIRED}
 * @param reason why the ending is not {@link Ending#ANSWERED}, in one line; empty otherwise
 * @param calls every call that was sent, in order
 * @param chargedTokens tokens used at most: as the provider counted them, or the largest possible number where it did not say
 * @param chargedCost money spent at most, likewise
 * @param <T> what an answer means
 */
public record ModelReply<T>(
        Ending ending,
        Optional<T> value,
        String reason,
        List<ModelCall> calls,
        long chargedTokens,
        double chargedCost) {

    /** How asking a model ended. */
    public enum Ending {
        /** Its first answer fitted. */
        ANSWERED,
        /** Its first answer did not fit, the one after the repair question did. */
        REPAIRED,
        /** No fitting answer came: it failed too often, too long, or twice in form. */
        UNANSWERED,
        /** The next call might have exceeded the allowance. */
        ALLOWANCE_SPENT,
        /** The endpoint refuses such calls for good, such as for a wrong key or an unknown model. */
        REFUSED
    }
}
