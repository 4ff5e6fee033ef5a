package org.interregnum.languagemodel;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One decision under way: its calls, what they spent, and the time that is left. Used by one thread, once. */
final class Decision<T> {
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

    private final AnswerForm<T> form;
    private final ModelOptions options;
    private final Optional<String> key;
    private final Endpoint endpoint;
    private final ModelCaller caller;
    private final RetryPolicy<CallOutcome> repetition;
    private final Pacing pacing;
    private final Spending spending;
    private final long deadline;
    private final List<ModelCall> calls = new ArrayList<>(1);
    private int timeOuts;

    Decision(
            AnswerForm<T> form,
            ModelOptions options,
            Allowance allowance,
            Optional<String> key,
            Endpoint endpoint,
            ModelCaller caller,
            RetryPolicy<CallOutcome> repetition,
            Pacing pacing) {
        this.form = form;
        this.options = options;
        this.key = key;
        this.endpoint = endpoint;
        this.caller = caller;
        this.repetition = repetition;
        this.pacing = pacing;
        spending = new Spending(allowance);
        deadline = System.nanoTime() + nanos(options.deadline());
    }

    /** Asks until there is a decision or none can come any more. */
    ModelReply<T> decide(Prompt prompt) {
        endpoint.repetitions().deposit();
        try {
            Question question = Question.first(prompt, form, options);
            CallOutcome answer = outcome(question);
            try {
                return reply(ModelReply.Ending.ANSWERED, Optional.of(read(answer)), "");
            } catch (UnfitAnswerException unfit) {
                return repair(question, answer.text(), unfit.getMessage());
            }
        } catch (NoDecisionException none) {
            return reply(none.ending(), Optional.empty(), none.getMessage());
        }
    }

    private ModelReply<T> repair(Question question, String unfit, String why) {
        String misfit = "the answer " + OneLine.of(why, key);
        try {
            if (calls.size() >= pacing.attempts()) {
                throw unanswered("no attempt is left to have it mended");
            }
            Question mending = question.repair(unfit, OneLine.of(why, key), form, options);
            requireAllowance(mending);
            payRepetition();
            CallOutcome mended = outcome(mending);
            try {
                return reply(ModelReply.Ending.REPAIRED, Optional.of(read(mended)), misfit);
            } catch (UnfitAnswerException again) {
                throw unanswered("asked to mend it, the model gave one that " + OneLine.of(again.getMessage(), key));
            }
        } catch (NoDecisionException none) {
            return reply(none.ending(), Optional.empty(), misfit + "; " + none.getMessage());
        }
    }

    private T read(CallOutcome answer) throws UnfitAnswerException {
        try {
            return AnswerReader.read(answer.text(), form);
        } catch (UnfitAnswerException unfit) {
            // What was cut off may have been whole by then; where it was not, the cut is why.
            if (answer.isCutOff()) {
                throw new UnfitAnswerException("was cut off after %d tokens".formatted(options.maxOutputTokens()));
            }
            throw unfit;
        }
    }

    /** Sends a question, again if need be, until the model answers. */
    private CallOutcome outcome(Question question) throws NoDecisionException {
        Execution<CallOutcome> execution = Execution.of(repetition);
        Optional<String> lastFailure = Optional.empty();
        while (true) {
            requireAllowance(question);
            CallOutcome outcome;
            try {
                outcome = attempt(question, lastFailure);
                if (outcome.fate() == CallOutcome.Fate.ANSWERED) {
                    return outcome;
                }
                requireRepeatable(outcome);
                lastFailure = Optional.of(outcome.call().failure());
                requireAllowance(question);
                execution.recordResult(outcome);
                long pause = pauseNanos(execution.getDelay().toNanos(), outcome);
                // Paid last: others can use what a decision that ends here does not.
                payRepetition();
                TimeUnit.NANOSECONDS.sleep(pause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw unanswered("interrupted");
            }
        }
    }

    private CallOutcome attempt(Question question, Optional<String> lastFailure)
            throws InterruptedException, NoDecisionException {
        Optional<EndpointGate.Pass> entered = endpoint.gate().enter(options.callsInFlight(), deadline);
        if (entered.isEmpty()) {
            String because =
                    lastFailure.map(failure -> "; the last failure: " + failure).orElse("");
            throw unanswered("the endpoint %s could take no call within the deadline of %s%s"
                    .formatted(options.endpoint(), OneLine.seconds(nanos(options.deadline())), because));
        }
        EndpointGate.Verdict verdict = EndpointGate.Verdict.NOTHING;
        try {
            CallOutcome outcome = send(question);
            verdict = outcome.verdict();
            if (outcome.fate() == CallOutcome.Fate.THROTTLED && outcome.retryAfterNanos() > 0) {
                // No longer than this decision may wait: a server may ask for days.
                long left = Math.max(0, deadline - System.nanoTime());
                endpoint.gate().pauseUntil(System.nanoTime() + Math.min(left, outcome.retryAfterNanos()));
            }
            return outcome;
        } finally {
            endpoint.gate().leave(entered.get(), verdict);
        }
    }

    private CallOutcome send(Question question) {
        AnswerTimes times = endpoint.answerTimes(options.model());
        long timeout = times.timeoutNanos(nanos(options.callTimeout()), timeOuts);
        long left = Math.max(1, deadline - System.nanoTime());
        CallOutcome outcome = caller.call(question, options, key, Math.min(timeout, left), left < timeout);
        ModelCall call = outcome.call();
        if (call != null) {
            calls.add(call);
            timeOuts += call.failure() != null && call.status() == 0 && call.latencyNanos() >= timeout ? 1 : 0;
            charge(question, call, outcome.mayHaveUsedTokens());
        }
        if (outcome.fate() == CallOutcome.Fate.ANSWERED) {
            times.add(call.latencyNanos());
        }
        return outcome;
    }

    private void charge(Question question, ModelCall call, boolean mayHaveUsedTokens) {
        if (mayHaveUsedTokens) {
            spending.charge(
                    call.inputTokens() < 0 ? question.mostInputTokens() : call.inputTokens(),
                    call.outputTokens() < 0 ? options.maxOutputTokens() : call.outputTokens());
        } else {
            spending.charge(0, 0);
        }
    }

    private void requireAllowance(Question question) throws NoDecisionException {
        Optional<String> objection = spending.objection(question.mostInputTokens(), options.maxOutputTokens());
        if (objection.isPresent()) {
            throw new NoDecisionException(ModelReply.Ending.ALLOWANCE_SPENT, objection.get());
        }
    }

    private void requireRepeatable(CallOutcome outcome) throws InterruptedException, NoDecisionException {
        if (outcome.call() == null) {
            throw new NoDecisionException(
                    ModelReply.Ending.REFUSED,
                    "the endpoint %s cannot be called: its address or its key is malformed"
                            .formatted(options.endpoint()));
        }
        String failure = outcome.call().failure();
        switch (outcome.fate()) {
            case REFUSED ->
                throw new NoDecisionException(
                        ModelReply.Ending.REFUSED,
                        "the endpoint %s refused the call: %s".formatted(options.endpoint(), failure));
            case INTERRUPTED -> throw new InterruptedException(failure);
            case OUT_OF_TIME -> throw unanswered(deadlinePassed() + "; the last failure: " + failure);
            default -> {
                if (calls.size() >= pacing.attempts()) {
                    throw unanswered(
                            "%d calls did not bring it about; the last failure: %s".formatted(calls.size(), failure));
                }
            }
        }
    }

    private void payRepetition() throws NoDecisionException {
        if (!endpoint.repetitions().take()) {
            String because = calls.isEmpty() || calls.get(calls.size() - 1).failure() == null
                    ? ""
                    : "; the last failure: " + calls.get(calls.size() - 1).failure();
            throw unanswered("too many repetitions at the endpoint %s%s".formatted(options.endpoint(), because));
        }
    }

    /** How long to wait before a call is repeated, if there is time for it. */
    private long pauseNanos(long delayNanos, CallOutcome outcome) throws NoDecisionException {
        String failure = outcome.call().failure();
        long left = deadline - System.nanoTime();
        if (outcome.retryAfterNanos() >= left) {
            throw unanswered("the endpoint %s wants no call for %s, longer than the deadline allows: %s"
                    .formatted(options.endpoint(), OneLine.seconds(outcome.retryAfterNanos()), failure));
        }
        long delay = Math.max(delayNanos, outcome.retryAfterNanos());
        if (delay >= left) {
            throw unanswered(deadlinePassed() + "; the last failure: " + failure);
        }
        return delay;
    }

    private String deadlinePassed() {
        return "the deadline of %s left no time".formatted(OneLine.seconds(nanos(options.deadline())));
    }

    private ModelReply<T> reply(ModelReply.Ending ending, Optional<T> value, String reason) {
        return new ModelReply<>(ending, value, reason, List.copyOf(calls), spending.tokens(), spending.cost());
    }

    private static NoDecisionException unanswered(String reason) {
        return new NoDecisionException(ModelReply.Ending.UNANSWERED, reason);
    }

    /** In nanoseconds, where a duration that does not fit is as good as a year. */
    private static long nanos(Duration duration) {
        return duration.toDays() >= 365 ? LONGEST_NANOS : duration.toNanos();
    }
}
