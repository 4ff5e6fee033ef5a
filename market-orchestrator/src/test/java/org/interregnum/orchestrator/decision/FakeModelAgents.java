package org.interregnum.orchestrator.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.model.Impression;

/**
 * Answers after random delays and in any order. What it decides follows from the question alone, what it spends from its
 * seed; it never spends more than it is allowed, and a call may take {@value #MOST_TOKENS} tokens.
 */
public final class FakeModelAgents implements ModelAgents {
    static final int MOST_TOKENS = 3000;
    private static final double PRICE = 0.001;

    /** Every question that was asked, in order. */
    public final List<ModelQuestion> asked = new ArrayList<>();

    final List<Allowance> allowances = new ArrayList<>();
    final Map<String, Integer> mostAtOnce = new HashMap<>();
    long calls;
    long tokens;
    Function<ModelQuestion, DecisionOutcome> outcome = question -> DecisionOutcome.MODEL;
    Function<ModelQuestion, RuntimeException> failure = question -> null;
    boolean answers = true;

    private final Map<String, Integer> atOnce = new HashMap<>();
    private final SplittableRandom random;
    private final int mostCalls;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    /** Most calls that a decision may want is random up to {@code mostCalls}. */
    public FakeModelAgents(long seed, int mostCalls) {
        random = new SplittableRandom(seed);
        this.mostCalls = mostCalls;
    }

    @Override
    public synchronized CompletableFuture<ModelAnswer> ask(
            ModelQuestion question, ModelSettings model, Allowance allowance) {
        asked.add(question);
        allowances.add(allowance);
        int busy = atOnce.merge(model.endpoint(), 1, Integer::sum);
        mostAtOnce.merge(model.endpoint(), busy, Math::max);
        ModelAnswer answer = answer(question, allowance);
        RuntimeException problem = failure.apply(question);
        CompletableFuture<ModelAnswer> future = new CompletableFuture<>();
        if (answers) {
            var unused = clock.schedule(
                    () -> land(future, answer, problem, model), random.nextInt(3000), TimeUnit.MICROSECONDS);
        }
        return future;
    }

    private void land(
            CompletableFuture<ModelAnswer> future, ModelAnswer answer, RuntimeException problem, ModelSettings model) {
        synchronized (this) {
            atOnce.merge(model.endpoint(), -1, Integer::sum);
        }
        boolean unused = problem == null ? future.complete(answer) : future.completeExceptionally(problem);
    }

    private ModelAnswer answer(ModelQuestion question, Allowance allowance) {
        int wanted = 1 + random.nextInt(mostCalls);
        List<ModelCall> made = new ArrayList<>();
        long used = 0;
        boolean isSpent = false;
        while (made.size() < wanted && !isSpent) {
            isSpent = made.size() >= allowance.calls()
                    || used + MOST_TOKENS > allowance.tokens()
                    || (used + MOST_TOKENS) * PRICE > allowance.cost();
            if (!isSpent) {
                long input = 1 + random.nextInt(MOST_TOKENS - 1000);
                long output = 1 + random.nextInt(1000);
                made.add(DecisionTestData.call("what now?", input, output, 1_000_000));
                used += input + output;
            }
        }
        calls += made.size();
        tokens += used;
        DecisionOutcome how = isSpent ? DecisionOutcome.UNDECIDED : outcome.apply(question);
        boolean isHeld = isSpent || how == DecisionOutcome.FALLBACK;
        return new ModelAnswer(
                DecisionTestData.AGENT,
                isHeld ? question.hold() : decision(question),
                how,
                how == DecisionOutcome.MODEL ? "" : "so it was told",
                new ModelReport(made, "plain", "00", "", isSpent, used, used * PRICE));
    }

    double cost() {
        return tokens * PRICE;
    }

    /** What it decides on a question. */
    static ModelDecision decision(ModelQuestion question) {
        SplittableRandom whim = new SplittableRandom(question.step() * 1_000_003 + question.subject());
        if (question instanceof ModelQuestion.Price) {
            return new ModelDecision.Price(whim.nextDouble());
        }
        if (question instanceof ModelQuestion.OfImpression) {
            return new ModelDecision.OfImpression(Impression.values()[whim.nextInt(5)]);
        }
        return new ModelDecision.Choice(whim.nextInt(question.prices().length + 1) - 1);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
