package org.interregnum.orchestrator.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;

/**
 * The questions of one step: as many under way at once as their endpoints, their paces and the budget allow. What must wait
 * for its pace is not asked yet, so that no deadline runs meanwhile and nothing of it is lost when the run stops. All work is
 * done in the run's thread; others only hand over answers. When the run must stop, what is under way is waited for, because
 * it is paid for, and kept. No question is sent, nor its pace waited for, before the answers that have come are on the device.
 */
final class QuestionRound {
    /** How often a wait looks whether the run is to stop, and whether others have left something. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long NEVER = Long.MAX_VALUE;

    /** How long answers under way are waited for when the user wants to stop. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ModelDecisions decisions;
    private final ModelAgents agents;
    private final BudgetLedger ledger;
    private final CallPaces paces;
    private final QuestionSizes sizes;
    private final Map<Line, Deque<Question>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> underWayAt = new LinkedHashMap<>();
    private final List<Question> underWay = new ArrayList<>();
    private final BlockingQueue<Landed> landed = new LinkedBlockingQueue<>();
    private RuntimeException ending;
    private boolean isStopping;
    private boolean isGivenUp;
    private boolean waitsForOthers;
    /** Until the next question is due, by its pace; {@link #NEVER} when none waits for that. */
    private long nanosUntilPace = NEVER;

    private long stopSeenAt;

    QuestionRound(
            ModelDecisions decisions, ModelAgents agents, BudgetLedger ledger, CallPaces paces, QuestionSizes sizes) {
        this.decisions = decisions;
        this.agents = agents;
        this.ledger = ledger;
        this.paces = paces;
        this.sizes = sizes;
    }

    /** Adds a question behind the others. */
    void add(int index, ModelQuestion question, ModelSettings model) {
        Question added = new Question(index, question, model, paces.of(model));
        lineOf(added).addLast(added);
    }

    /** Adds a question in front of the others: it follows from a decision that was just taken. */
    void addNext(int index, ModelQuestion question, ModelSettings model) {
        Question added = new Question(index, question, model, paces.of(model));
        lineOf(added).addFirst(added);
    }

    private Deque<Question> lineOf(Question question) {
        return waiting.computeIfAbsent(new Line(question.model.endpoint(), question.pace), any -> new ArrayDeque<>());
    }

    /** Questions that wait for the same. */
    private record Line(String endpoint, Optional<CallPace> pace) {}

    /** Decides all questions, those that are added meanwhile included; tells of each decision with the question's index. */
    void decideAll(Listener listener) {
        try {
            while (true) {
                lookWhetherToStop();
                if (ending == null) {
                    start(listener);
                }
                if (ending == null && nanosUntilPace != NEVER) {
                    // The wait may be long, and what was decided must outlast this machine.
                    decisions.flushKept();
                }
                if (underWay.isEmpty()) {
                    if (ending == null && (waitsForOthers || nanosUntilPace != NEVER)) {
                        pause();
                        continue;
                    }
                    break;
                }
                Landed next = await();
                if (isGivenUp) {
                    break;
                }
                if (next == null) {
                    continue;
                }
                take(next, listener);
                // What else has come, before the device is waited for.
                for (next = landed.poll(); next != null; next = landed.poll()) {
                    take(next, listener);
                }
            }
        } finally {
            underWay.forEach(question -> question.future.cancel(true));
        }
        underWay.forEach(question -> {
            ledger.forfeit();
            decisions.giveUp(
                    question.question,
                    question.model,
                    question.allowance,
                    "the run stopped and did not wait for the answer");
        });
        if (ending != null) {
            throw ending;
        }
    }

    private void lookWhetherToStop() {
        // From then on the time counts, and not from the last answer: answers may trickle.
        if (!isStopping && decisions.isStopRequested()) {
            isStopping = true;
            stopSeenAt = System.nanoTime();
            ending = ending == null ? new StopRequestedException() : ending;
        }
    }

    /** What other runs have set aside of a common budget may come back; a question may be due. */
    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_NANOS, nanosUntilPace));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending = interrupted(e);
        }
    }

    private void start(Listener listener) {
        waitsForOthers = false;
        nanosUntilPace = NEVER;
        // Decisions told to the listener may add questions, also at endpoints that were looked at already.
        boolean started = true;
        while (started && ending == null) {
            started = false;
            for (Deque<Question> queue : List.copyOf(waiting.values())) {
                while (ending == null && !queue.isEmpty() && startFirst(queue, listener)) {
                    started = true;
                }
            }
        }
    }

    /** Starts the first question of an endpoint, or takes it from the record; says no when it has to wait. */
    private boolean startFirst(Deque<Question> queue, Listener listener) {
        Question question = queue.peekFirst();
        DecisionRecord before = decisions.remembered(question.question, question.model);
        if (before != null) {
            queue.removeFirst();
            listener.decided(question.index, before);
            return true;
        }
        int busy = underWayAt.getOrDefault(question.model.endpoint(), 0);
        if (busy >= question.model.callsInFlight()) {
            return false;
        }
        if (!mayBegin(question)) {
            return false;
        }
        Optional<Allowance> allowance = setAside(question);
        if (allowance.isEmpty()) {
            question.pace.ifPresent(CallPace::giveBack);
            return false;
        }
        queue.removeFirst();
        ask(question, allowance.get());
        return true;
    }

    /** Takes the permit of the question's pace; says no when it has to wait for one. */
    private boolean mayBegin(Question question) {
        if (question.pace.isEmpty() || question.pace.get().begin()) {
            return true;
        }
        if (underWay.isEmpty() && ledger.isSpent() && !ledger.mayGetBack()) {
            // There is nothing to wait for.
            ending = new BudgetSpentException(ledger.inWords());
            return false;
        }
        nanosUntilPace = Math.min(nanosUntilPace, question.pace.get().nanosUntilNext());
        return false;
    }

    /** Sets a part of the budget aside; empty when the question has to wait for one, or there is nothing left for it. */
    private Optional<Allowance> setAside(Question question) {
        Optional<Allowance> allowance = question.takesAll
                ? Optional.empty()
                : ledger.reserve(sizes.wanted(question.question.kind(), question.model));
        if (allowance.isPresent() || !underWay.isEmpty()) {
            // Others will give back what they did not spend.
            return allowance;
        }
        if (ledger.mayGetBack()) {
            waitsForOthers = true;
            return allowance;
        }
        allowance = ledger.reserveRest();
        question.takesAll = true;
        if (allowance.isEmpty() && ledger.mayGetBack()) {
            // Another run was quicker to take the rest.
            waitsForOthers = true;
        } else if (allowance.isEmpty()) {
            ending = new BudgetSpentException(ledger.inWords());
        }
        return allowance;
    }

    private void ask(Question question, Allowance allowance) {
        question.allowance = allowance;
        boolean isAsked = false;
        try {
            // What was decided must not be paid for again, whatever becomes of this machine.
            decisions.flushKept();
            decisions.asking(question.question, allowance);
            // Before it counts as under way: agents may throw instead.
            question.future = agents.ask(question.question, question.model, allowance);
            isAsked = true;
        } finally {
            if (!isAsked) {
                ledger.forfeit();
            }
        }
        underWay.add(question);
        underWayAt.merge(question.model.endpoint(), 1, Integer::sum);
        // What becomes of it is in the queue; nobody waits for this future.
        var unused =
                question.future.whenComplete((answer, failure) -> landed.add(new Landed(question, answer, failure)));
    }

    /**
     * The next answer; null when a question may be due before it comes, and when those under way are given up because the
     * user wants to stop and they take too long.
     */
    private Landed await() {
        try {
            while (true) {
                lookWhetherToStop();
                boolean isOver = isStopping && System.nanoTime() - stopSeenAt > PATIENCE_NANOS;
                boolean mayStartMore = ending == null && nanosUntilPace != NEVER;
                long wait = mayStartMore ? Math.min(LOOK_NANOS, nanosUntilPace) : LOOK_NANOS;
                Landed next = isOver ? landed.poll() : landed.poll(wait, TimeUnit.NANOSECONDS);
                isGivenUp = isOver && next == null;
                if (next != null || isOver || mayStartMore) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending = interrupted(e);
            isGivenUp = true;
            return null;
        }
    }

    private static AgentFailureException interrupted(InterruptedException e) {
        return new AgentFailureException("the models were not waited for: the run was interrupted", e);
    }

    private void take(Landed next, Listener listener) {
        Question question = next.question;
        underWay.remove(question);
        underWayAt.merge(question.model.endpoint(), -1, Integer::sum);
        if (next.failure != null) {
            // What it spent is unknown, so nothing of its allowance comes back.
            RuntimeException failure = asAgentFailure(next.failure);
            ledger.forfeit();
            decisions.giveUp(question.question, question.model, question.allowance, failure.getMessage());
            end(failure);
            return;
        }
        ModelAnswer answer = next.answer;
        ledger.settle(
                question.allowance,
                answer.report().chargedCalls(),
                answer.report().chargedTokens(),
                answer.report().chargedCost());
        // Its repetitions, and the question to mend it, were calls too.
        question.pace.ifPresent(pace -> pace.owe(answer.report().calls().size() - 1L));
        sizes.learn(question.question.kind(), answer.report());
        DecisionRecord decision = decisions.keep(question.question, question.model, answer);
        Optional<RuntimeException> objection = decisions.objection(decision);
        objection.ifPresent(this::end);
        if (answer.outcome() != DecisionOutcome.UNDECIDED) {
            listener.decided(question.index, decision);
        } else if (objection.isEmpty()) {
            askAgain(question);
        }
    }

    /** Its part of the budget did not do; all that is left might. */
    private void askAgain(Question question) {
        if (question.takesAll) {
            end(new BudgetSpentException(ledger.inWords()));
        } else {
            question.takesAll = true;
            lineOf(question).addFirst(question);
        }
    }

    private void end(RuntimeException problem) {
        if (ending == null || ending instanceof StopRequestedException) {
            ending = problem;
        }
    }

    private static RuntimeException asAgentFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof AgentFailureException agentFailure
                ? agentFailure
                : new AgentFailureException("a model's agent failed: " + cause, cause);
    }

    /** Hears of decisions. */
    @FunctionalInterface
    interface Listener {
        /** A question was decided; may add questions. */
        void decided(int index, DecisionRecord decision);
    }

    private record Landed(Question question, ModelAnswer answer, Throwable failure) {}

    private static final class Question {
        private final int index;
        private final ModelQuestion question;
        private final ModelSettings model;
        private final Optional<CallPace> pace;
        private boolean takesAll;
        private Allowance allowance;
        private CompletableFuture<ModelAnswer> future;

        Question(int index, ModelQuestion question, ModelSettings model, Optional<CallPace> pace) {
            this.index = index;
            this.question = question;
            this.model = model;
            this.pace = pace;
        }
    }
}
