package org.interregnum.orchestrator.agent;

import java.util.List;

/**
 * One call that was sent to a model's endpoint, and what came of it: an answer or a failure.
 *
 * @param isRepair whether the model was asked to mend its answer; otherwise it was asked the question
 * @param messages exactly what was sent, in order
 * @param answer the model's text as it came; null when none came
 * @param failure why no answer came, in one line; null when one came
 * @param status HTTP status; 0 when there was none
 * @param model the model as the provider named it; empty when it did not
 * @param inputTokens tokens of the question as the provider counted them; −1 when it did not say
 * @param outputTokens tokens of the answer as the provider counted them; −1 when it did not say
 * @param latencyNanos from sending to the end of the answer or the failure, in nanoseconds
 */
public record ModelCall(
        boolean isRepair,
        List<ChatText> messages,
        String answer,
        String failure,
        int status,
        String model,
        long inputTokens,
        long outputTokens,
        long latencyNanos) {}
