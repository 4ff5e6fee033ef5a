package org.interregnum.orchestrator.decision;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;

/**
 * How much to set aside for a question. It has to do for all that a question can take, repetitions included, or the
 * question would be given up and asked again; setting too much aside only means that fewer are asked at once.
 */
final class QuestionSizes {
    /** As many calls as agents make for a decision at most, the one to mend an answer included. */
    private static final int MOST_CALLS = 6;

    /** Tokens of a question of which nothing is known yet; more than any prompt for some hundred sellers. */
    private static final long FIRST_GUESS = 20_000;

    private static final double ROOM = 1.5;
    private static final long FIXED = 2000;
    private static final double MILLION = 1e6;

    private final Map<DecisionKind, Long> inputTokens = new HashMap<>();

    /** What to set aside for a question of a kind. */
    Allowance wanted(DecisionKind kind, ModelSettings model) {
        long input = inputTokens.getOrDefault(kind, FIRST_GUESS);
        long output = model.maxOutputTokens();
        double cost = model.isPriced()
                ? MOST_CALLS * (input * model.inputPrice() + output * model.outputPrice()) / MILLION
                : 0;
        return new Allowance(MOST_CALLS, MOST_CALLS * (input + output), cost);
    }

    /** Learns how large questions of a kind are. */
    void learn(DecisionKind kind, ModelReport report) {
        for (ModelCall call : report.calls()) {
            long bytes = FIXED;
            for (ChatText message : call.messages()) {
                bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
            }
            inputTokens.merge(kind, (long) (bytes * ROOM), Math::max);
        }
    }
}
