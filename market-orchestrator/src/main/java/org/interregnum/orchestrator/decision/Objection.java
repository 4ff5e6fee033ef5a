package org.interregnum.orchestrator.decision;

import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;

/** Why a run must not go on after a decision. */
final class Objection {
    private Objection() {}

    /** Why the run must stop because of a decision; empty if it need not. */
    static Optional<RuntimeException> to(DecisionRecord decision, DecisionRules rules, FallbackWindow window) {
        DecisionOutcome outcome = decision.answer().outcome();
        if (outcome == DecisionOutcome.UNDECIDED) {
            return decision.answer().report().allowanceSpent()
                    ? Optional.empty()
                    : Optional.of(failure(decision, who(decision) + ": " + reason(decision)));
        }
        if (outcome != DecisionOutcome.FALLBACK) {
            return Optional.empty();
        }
        if (rules.onFailure() == FailurePolicy.STOP) {
            return Optional.of(failure(decision, who(decision) + " did not decide: " + reason(decision)));
        }
        return window.isExceeded() ? Optional.of(tooManyFallbacks(decision, rules, window)) : Optional.empty();
    }

    private static AgentFailureException tooManyFallbacks(
            DecisionRecord last, DecisionRules rules, FallbackWindow window) {
        return failure(
                last,
                String.format(
                        Locale.ROOT,
                        "%d of the last %d decisions fell back, more than the %s that --max-fallback-rate allows; the last was"
                                + " %s: %s",
                        window.fallbacks(),
                        DecisionRules.WINDOW,
                        percent(rules.maxFallbackRate()),
                        who(last),
                        reason(last)));
    }

    private static AgentFailureException failure(DecisionRecord decision, String message) {
        return new AgentFailureException(message, null, decision.model().agent());
    }

    private static String who(DecisionRecord decision) {
        return String.format(
                Locale.ROOT,
                "%s %d at step %d (model %s)",
                decision.kind() == DecisionKind.PRICE ? "seller" : "buyer",
                decision.subject(),
                decision.step(),
                decision.model().model());
    }

    private static String reason(DecisionRecord decision) {
        return decision.answer().reason();
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.4g", fraction * 100).replaceFirst("\\.?0+$", "") + "%";
    }
}
