package org.interregnum.orchestrator.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.agent.ModelBuyers;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.model.MarketState;

/**
 * Decisions of a run's models. Every decision is kept before it counts; one that was kept before is not asked for again;
 * no more is spent than the budget allows; and a run that lives on fallbacks is stopped. Belongs to the run's thread, but
 * for {@link #stop()}.
 */
public final class ModelDecisions implements ModelBuyers {
    private static final double MILLION = 1e6;

    private final ModelAgents agents;
    private final DecisionLog log;
    private final RecordedDecisions recorded;
    private final DecisionRules rules;
    private final BudgetLedger ledger;
    private final boolean countsRecord;
    private final CallPaces paces;
    private FallbackWindow window;
    private final QuestionSizes sizes = new QuestionSizes();
    private final DecisionStatistics statistics = new DecisionStatistics();
    private final StepDecisions ofStep = new StepDecisions();
    private ModelAssignment assignment;
    private final Map<Integer, ModelSettings> cohorts = new HashMap<>();
    /** Lines that the log has from before, less the questions asked before that they belong to. */
    private final Map<Subject, Integer> recalled = new HashMap<>();

    private boolean hasUnflushed;
    private volatile boolean stopRequested;

    /**
     * Decisions that are asked for as they are needed.
     *
     * @param assignment which buyers are decided for by which model
     * @param agents whoever asks the models; stays open
     * @param log receives every decision; stays open
     * @param recorded decisions taken before, which are in the log already
     */
    public ModelDecisions(
            ModelAssignment assignment,
            ModelAgents agents,
            DecisionLog log,
            RecordedDecisions recorded,
            DecisionRules rules) {
        this(assignment, agents, log, recorded, rules, SharedLimits.none());
    }

    /**
     * Decisions within limits that other runs share. In a common budget what is recalled is not counted again.
     *
     * @param shared what they share
     */
    public ModelDecisions(
            ModelAssignment assignment,
            ModelAgents agents,
            DecisionLog log,
            RecordedDecisions recorded,
            DecisionRules rules,
            SharedLimits shared) {
        this.agents = agents;
        this.log = log;
        this.recorded = recorded;
        this.rules = rules;
        ledger = shared.budget().orElseGet(() -> new BudgetLedger(rules.budget()));
        countsRecord = shared.budget().isEmpty();
        paces = shared.paces();
        assign(assignment);
    }

    /**
     * From now on other buyers are models, or the same other ones. Between two steps. Fallbacks are counted anew: those of
     * others are no reason to stop these.
     */
    public final void assign(ModelAssignment others) {
        assignment = others;
        window = new FallbackWindow(rules.maxFallbackRate());
        agents.assign(others);
        cohorts.clear();
        assignment.buyers().forEach(cohort -> {
            for (int buyer : cohort.buyers()) {
                cohorts.put(buyer, cohort.model());
            }
        });
    }

    /** What was decided and used so far. */
    public DecisionStatistics statistics() {
        return statistics;
    }

    /** Counts a decision that the log has from before: its use, its outcome. */
    public void recall(DecisionRecord decision) {
        statistics.add(decision);
        recalled.merge(new Subject(decision.step(), decision.kind(), decision.subject()), 1, Integer::sum);
        charge(
                decision.answer().report().chargedCalls(),
                decision.answer().report().chargedTokens(),
                decision.answer().report().chargedCost());
        if (decision.answer().outcome() != DecisionOutcome.UNDECIDED) {
            // The limit is a matter for new decisions: whoever resumes has been told, and may have raised it.
            window.add(false);
        }
    }

    /**
     * Takes up a question that a process before this one asked, in the order in which it did, after every decision was
     * {@linkplain #recall recalled} and the models are those who were asked. One that has no line of its own was under way when that process ended: what it may
     * have spent is lost, and is recorded.
     */
    public void recall(AskedQuestion asked) {
        Subject subject = new Subject(asked.step(), asked.kind(), asked.subject());
        if (recalled.merge(subject, -1, Integer::sum) >= 0) {
            return;
        }
        keepLost(asked, model(asked), "the process ended while it was asked");
        charge(
                limited(asked.allowance().calls()),
                limited(asked.allowance().tokens()),
                limited(asked.allowance().cost()));
    }

    private void charge(long calls, long tokens, double cost) {
        if (countsRecord) {
            ledger.charge(calls, tokens, cost);
        }
    }

    private ModelSettings model(AskedQuestion asked) {
        return asked.kind() == DecisionKind.PRICE
                ? assignment.ofSeller(asked.subject()).orElseThrow().model()
                : cohorts.get(asked.subject());
    }

    /** Asks for an end: no further question is asked, those under way are waited for a moment. From any thread. */
    public void stop() {
        stopRequested = true;
    }

    /** Makes sure that decisions find their place. */
    public void open() {
        log.open();
    }

    /** Waits until every decision so far is on the device. */
    public void flush() {
        log.flush();
        hasUnflushed = false;
    }

    /** The same, if there is one that is not. */
    void flushKept() {
        if (hasUnflushed) {
            flush();
        }
    }

    /**
     * Decides one question.
     *
     * @throws org.interregnum.orchestrator.agent.AgentFailureException when the agent or the model's endpoint fails for
     *     good, or when too many decisions fell back
     * @throws BudgetSpentException when the budget does not allow it
     * @throws StopRequestedException after {@link #stop()}
     */
    public DecisionRecord decide(ModelQuestion question, ModelSettings model) {
        List<DecisionRecord> decided = new ArrayList<>(1);
        QuestionRound round = new QuestionRound(this, agents, ledger, paces, sizes);
        round.add(0, question, model);
        round.decideAll((index, decision) -> decided.add(decision));
        return decided.get(0);
    }

    @Override
    public List<ModelBuyerDecision> decide(long step, int[] buyers, MarketState state, double[] prices) {
        return new BuyerRound(step, buyers, state, prices).decide();
    }

    boolean isStopRequested() {
        return stopRequested;
    }

    /** A decision that was taken before, or null. */
    DecisionRecord remembered(ModelQuestion question, ModelSettings model) {
        return recorded.find(question, model).orElseGet(() -> ofStep.find(question, model));
    }

    /** Keeps that a question is about to be sent. */
    void asking(ModelQuestion question, Allowance allowance) {
        log.asking(new AskedQuestion(question.step(), question.kind(), question.subject(), allowance));
    }

    /** Keeps that nobody waits for the answer to a question any more; all that it may have spent counts as spent. */
    void giveUp(ModelQuestion question, ModelSettings model, Allowance allowance, String reason) {
        keepLost(new AskedQuestion(question.step(), question.kind(), question.subject(), allowance), model, reason);
    }

    private void keepLost(AskedQuestion asked, ModelSettings model, String reason) {
        ModelReport report = new ModelReport(
                List.of(),
                model.promptVariant(),
                "",
                "",
                false,
                limited(asked.allowance().tokens()),
                limited(asked.allowance().cost()),
                limited(asked.allowance().calls()));
        ModelAnswer nothing =
                new ModelAnswer(new AgentProfile("", "", ""), null, DecisionOutcome.UNDECIDED, reason, report);
        DecisionRecord lost =
                new DecisionRecord(asked.step(), asked.kind(), asked.subject(), model, nothing, Double.NaN);
        append(lost);
        statistics.add(lost);
    }

    private void append(DecisionRecord decision) {
        log.append(decision);
        hasUnflushed = true;
    }

    /** What has no limit is not counted. */
    private static long limited(long amount) {
        return amount == Long.MAX_VALUE ? 0 : amount;
    }

    private static double limited(double amount) {
        return amount == Double.POSITIVE_INFINITY ? 0 : amount;
    }

    /** Keeps what came of a question. */
    DecisionRecord keep(ModelQuestion question, ModelSettings model, ModelAnswer answer) {
        DecisionRecord decision = new DecisionRecord(
                question.step(), question.kind(), question.subject(), model, answer, cost(model, answer));
        append(decision);
        statistics.add(decision);
        boolean isFallback = answer.outcome() == DecisionOutcome.FALLBACK;
        if (answer.outcome() != DecisionOutcome.UNDECIDED) {
            window.add(isFallback);
            ofStep.add(decision);
        }
        return decision;
    }

    /** Why the run must stop because of a decision that was just kept; empty if it need not. */
    Optional<RuntimeException> objection(DecisionRecord decision) {
        return Objection.to(decision, rules, window);
    }

    private static double cost(ModelSettings model, ModelAnswer answer) {
        if (!model.isPriced()) {
            return Double.NaN;
        }
        double cost = 0;
        for (ModelCall call : answer.report().calls()) {
            cost += Math.max(0, call.inputTokens()) * model.inputPrice() / MILLION
                    + Math.max(0, call.outputTokens()) * model.outputPrice() / MILLION;
        }
        return cost;
    }

    private record Subject(long step, DecisionKind kind, int number) {}

    /** The buyers of one step: each updates its impression of its seller, if it has one, and then chooses. */
    private final class BuyerRound {
        private final long step;
        private final int[] buyers;
        private final MarketState state;
        private final double[] prices;
        private final double[] shares;
        private final DecisionRecord[] impressions;
        private final DecisionRecord[] choices;
        private final QuestionRound round = new QuestionRound(ModelDecisions.this, agents, ledger, paces, sizes);

        BuyerRound(long step, int[] buyers, MarketState state, double[] prices) {
            this.step = step;
            this.buyers = buyers;
            this.state = state;
            // The market's own arrays change when the run goes on, and an agent may still be reading.
            this.prices = prices.clone();
            shares = state.shares().clone();
            impressions = new DecisionRecord[buyers.length];
            choices = new DecisionRecord[buyers.length];
        }

        List<ModelBuyerDecision> decide() {
            for (int index = 0; index < buyers.length; index++) {
                int buyer = buyers[index];
                int seller = state.choices()[buyer];
                ModelQuestion first = seller == MarketState.NO_SELLER
                        ? choice(index)
                        : new ModelQuestion.OfImpression(
                                step,
                                buyer,
                                prices,
                                shares,
                                seller,
                                state.impressions().of(buyer, seller));
                round.add(index, first, cohorts.get(buyer));
            }
            round.decideAll(this::decided);
            List<ModelBuyerDecision> decisions = new ArrayList<>(buyers.length);
            for (int index = 0; index < buyers.length; index++) {
                decisions.add(decision(index));
            }
            return decisions;
        }

        private void decided(int index, DecisionRecord decision) {
            if (decision.answer().decision() instanceof ModelDecision.Choice) {
                choices[index] = decision;
            } else {
                impressions[index] = decision;
                round.addNext(index, choice(index), cohorts.get(buyers[index]));
            }
        }

        private ModelQuestion choice(int index) {
            int buyer = buyers[index];
            int seller = state.choices()[buyer];
            var known = state.impressions().of(buyer);
            if (impressions[index] != null) {
                known[seller] = ((ModelDecision.OfImpression)
                                impressions[index].answer().decision())
                        .impression();
            }
            return new ModelQuestion.Choice(step, buyer, prices, shares, seller, known);
        }

        private ModelBuyerDecision decision(int index) {
            DecisionRecord impression = impressions[index];
            DecisionRecord choice = choices[index];
            return new ModelBuyerDecision(
                    buyers[index],
                    impression == null
                            ? null
                            : ((ModelDecision.OfImpression) impression.answer().decision()).impression(),
                    impression == null ? null : impression.decider(),
                    ((ModelDecision.Choice) choice.answer().decision()).seller(),
                    choice.decider());
        }
    }
}
