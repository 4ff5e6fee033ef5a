package org.interregnum.languagemodel;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes single calls and says what came of them. */
final class ModelCaller {
    /** Below 500: the server's own time-out, a conflict with another call, "too early", and "too many". */
    private static final Set<Integer> TRANSIENT = Set.of(408, 409, 425, 429);
    /** From 500 on: it does not know the method, or the version of HTTP. All others, such as Cloudflare's, may pass. */
    private static final Set<Integer> LASTING = Set.of(501, 505);

    private static final int SERVER_ERROR = 500;
    private static final int CONFLICT = 409;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;

    private final TransmittingHttpClient http = new TransmittingHttpClient();
    private final ChatModels models;

    /** @param listeners hear of every call, as LangChain4j tells them */
    ModelCaller(List<ChatModelListener> listeners) {
        models = new ChatModels(new TransmittingHttpClientBuilder(http), listeners);
    }

    /**
     * Makes a call and waits for its end.
     *
     * @param timeoutNanos how long, in nanoseconds
     * @param isLastMoment whether it would be waited longer if the decision had more time
     */
    CallOutcome call(
            Question question, ModelOptions options, Optional<String> key, long timeoutNanos, boolean isLastMoment) {
        Transmission transmission = new Transmission(key, options.provider(), timeoutNanos);
        ChatResponse response = null;
        RuntimeException failure = null;
        try {
            response = http.during(transmission, () -> models.of(options).chat(question.request()));
        } catch (RuntimeException thrown) {
            if (!transmission.isBegun) {
                // Nothing that an endpoint did, but a question that cannot be put.
                throw thrown;
            }
            failure = thrown;
        }
        if (!transmission.isSuccess()) {
            return failed(question, transmission, isLastMoment);
        }
        if (response != null) {
            return answered(question, transmission, response);
        }
        if (failure instanceof ContentFilteredException refusal) {
            return declined(question, transmission, String.valueOf(refusal.getMessage()));
        }
        return unanswered(question, transmission, "the answer is no chat completion", CallOutcome.Fate.DOWN);
    }

    private static CallOutcome answered(Question question, Transmission transmission, ChatResponse response) {
        String text = response.aiMessage().text();
        TokenUsage usage = response.tokenUsage();
        return answer(
                question,
                transmission,
                text == null ? "" : text,
                response.metadata().modelName(),
                usage == null ? -1 : count(usage.inputTokenCount()),
                usage == null ? -1 : count(usage.outputTokenCount()),
                response.finishReason() == FinishReason.LENGTH);
    }

    /** OpenAI's models may answer with a refusal in place of a text, which LangChain4j throws. */
    private static CallOutcome declined(Question question, Transmission transmission, String refusal) {
        return answer(
                question,
                transmission,
                refusal,
                ServerMessage.text(transmission.body, "/model"),
                ServerMessage.count(transmission.body, "/usage/prompt_tokens"),
                ServerMessage.count(transmission.body, "/usage/completion_tokens"),
                false);
    }

    private static CallOutcome answer(
            Question question,
            Transmission transmission,
            String text,
            String model,
            long inputTokens,
            long outputTokens,
            boolean isCutOff) {
        String safeText = OneLine.answerWithoutSecret(text, transmission.key);
        ModelCall call = new ModelCall(
                question.isRepair(),
                question.messages(),
                safeText,
                null,
                transmission.status,
                model == null ? null : OneLine.withoutSecret(model, transmission.key),
                inputTokens,
                outputTokens,
                transmission.latencyNanos);
        return new CallOutcome(call, CallOutcome.Fate.ANSWERED, safeText, isCutOff, true, 0);
    }

    private static CallOutcome failed(Question question, Transmission transmission, boolean isLastMoment) {
        String details = OneLine.of(transmission.details, transmission.key);
        String more = details.isEmpty() ? "" : ": " + details;
        return switch (transmission.trouble) {
            case NONE -> rejected(question, transmission);
            case UNSENDABLE -> new CallOutcome(null, CallOutcome.Fate.REFUSED, null, false, false, 0);
            case UNCONNECTED -> unanswered(question, transmission, "no connection" + more, CallOutcome.Fate.DOWN);
            case BROKEN -> unanswered(question, transmission, "the connection broke" + more, CallOutcome.Fate.DOWN);
            case TOO_LARGE -> unanswered(question, transmission, details, CallOutcome.Fate.DOWN);
            case TIMED_OUT ->
                unanswered(
                        question,
                        transmission,
                        "no answer within " + OneLine.seconds(transmission.timeoutNanos),
                        isLastMoment ? CallOutcome.Fate.OUT_OF_TIME : CallOutcome.Fate.DOWN);
            case INTERRUPTED -> unanswered(question, transmission, "interrupted", CallOutcome.Fate.INTERRUPTED);
        };
    }

    private static CallOutcome rejected(Question question, Transmission transmission) {
        String failure = ServerMessage.failure(transmission.status, transmission.body, transmission.key);
        if (!isTransient(transmission)) {
            return unanswered(question, transmission, failure, CallOutcome.Fate.REFUSED);
        }
        return unanswered(
                question,
                transmission,
                failure,
                switch (transmission.status) {
                    case TOO_MANY -> CallOutcome.Fate.THROTTLED;
                    case CONFLICT, TOO_EARLY -> CallOutcome.Fate.UNLUCKY;
                    default -> CallOutcome.Fate.DOWN;
                });
    }

    private static boolean isTransient(Transmission transmission) {
        int status = transmission.status;
        if (status == TOO_MANY && ServerMessage.saysNoCredit(transmission.body)) {
            return false;
        }
        return status >= SERVER_ERROR ? !LASTING.contains(status) : TRANSIENT.contains(status);
    }

    private static CallOutcome unanswered(
            Question question, Transmission transmission, String failure, CallOutcome.Fate fate) {
        ModelCall call = new ModelCall(
                question.isRepair(),
                question.messages(),
                null,
                failure,
                transmission.status,
                null,
                -1,
                -1,
                transmission.latencyNanos);
        boolean isHttpError = transmission.status != 0 && !transmission.isSuccess();
        boolean mayHaveUsedTokens = !isHttpError && transmission.trouble != Transmission.Trouble.UNCONNECTED;
        long retryAfter = transmission
                .retryAfter
                .map(value -> RetryAfter.nanos(value, Instant.now()).orElse(0))
                .orElse(0L);
        return new CallOutcome(call, fate, null, false, mayHaveUsedTokens, retryAfter);
    }

    private static long count(Integer tokens) {
        return tokens == null || tokens < 0 ? -1 : tokens;
    }
}
