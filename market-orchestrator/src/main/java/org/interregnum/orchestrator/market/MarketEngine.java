package org.interregnum.orchestrator.market;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.DecidedChoices;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelBuyerDecision;
import org.interregnum.orchestrator.agent.ModelBuyers;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.Impressions;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.model.Preferences;
import org.interregnum.orchestrator.model.PricePremiums;
import org.interregnum.orchestrator.random.MarketRandom;

/**
 * One market's engine: turns a state, the draws of a step and the agents' decisions into the event of that step. It
 * changes no state; {@code event.MarketHistory} does. Belongs to one thread.
 */
public final class MarketEngine {
    /** Sweeps after which an opening counts as one that never settles. */
    private static final int MOST_OPENING_SWEEPS = 10_000;

    private final MarketParameters parameters;
    private MarketRandom random;
    private MarketRandom remembered;
    private final Preferences preferences;
    private final SellerAgents sellers;
    private final BuyerAgents buyers;
    private final MarketResearch research;
    private final double networkEffect;
    private final double activityProbability;
    private final ModelBuyers modelBuyers;
    private final int[] models;
    // Null in a market in which all buyers follow the rule, which is spared what the others cost.
    private final MixedBuyers mixed;

    private final int[] active;
    private final int[] seen;
    private final int[] choices;
    private final int[] changed;
    private final double[] networkBenefit;
    private final double[] newPrices;
    private StepObserver observer = StepObserver.NONE;

    /** A market whose buyers all follow the rule. Draws the preferences; the generator must be new. */
    public MarketEngine(MarketParameters parameters, MarketRandom random, SellerAgents sellers, BuyerAgents buyers) {
        this(parameters, random, sellers, buyers, ModelBuyers.NONE, ModelAssignment.NONE);
    }

    /**
     * Draws the preferences; the generator must be new.
     *
     * @param sellers whoever decides prices, of rules and models
     * @param buyers whoever decides for the buyers that follow the rule; at the opening all do
     * @param modelBuyers whoever decides for the buyers that are models
     * @param assignment which buyers those are, and when they act
     */
    public MarketEngine(
            MarketParameters parameters,
            MarketRandom random,
            SellerAgents sellers,
            BuyerAgents buyers,
            ModelBuyers modelBuyers,
            ModelAssignment assignment) {
        this(
                parameters,
                random,
                new Preferences(random.preferences(
                        parameters.buyers(),
                        parameters.sellers(),
                        parameters.preferenceMean(),
                        parameters.preferenceDeviation())),
                sellers,
                buyers,
                modelBuyers,
                assignment);
    }

    private MarketEngine(
            MarketParameters parameters,
            MarketRandom random,
            Preferences preferences,
            SellerAgents sellers,
            BuyerAgents buyers,
            ModelBuyers modelBuyers,
            ModelAssignment assignment) {
        this.modelBuyers = modelBuyers;
        models = assignment.modelBuyers();
        mixed = models.length == 0
                ? null
                : new MixedBuyers(parameters.buyers(), models, assignment.buyersActEveryStep());
        this.parameters = parameters;
        this.random = random;
        this.sellers = sellers;
        this.buyers = buyers;
        this.preferences = preferences;
        research = new MarketResearch(parameters.buyers());
        networkEffect = parameters.networkEffect();
        activityProbability = parameters.activityProbability();
        active = new int[parameters.buyers()];
        seen = new int[parameters.visibility() == 1 ? 0 : parameters.buyers()];
        choices = new int[parameters.buyers()];
        changed = new int[parameters.buyers()];
        networkBenefit = new double[parameters.sellers()];
        newPrices = new double[parameters.sellers()];
    }

    /**
     * The engine of the same market from here on, with other parameters and agents: the same buyers, and the generator
     * goes on where it is. This one is not used any more.
     *
     * @param changed parameters of as many buyers and sellers with the same preferences
     * @param others the sellers from here on
     * @param assignment which buyers are models from here on, and when they act
     */
    public MarketEngine changed(MarketParameters changed, SellerAgents others, ModelAssignment assignment) {
        return new MarketEngine(changed, random, preferences, others, buyers, modelBuyers, assignment)
                .observedBy(observer);
    }

    /** Lets somebody hear how far a step is. */
    public MarketEngine observedBy(StepObserver hearing) {
        observer = hearing;
        return this;
    }

    /** Keeps what the next step will draw, so that {@link #rewind()} can have it drawn again. */
    public void remember() {
        remembered = random.copy();
    }

    /** Lets the next step draw what the step after {@link #remember()} drew: that step did not come to pass. */
    public void rewind() {
        random = remembered.copy();
    }

    /** The parameters of this market. */
    public MarketParameters parameters() {
        return parameters;
    }

    /** The preferences of this market's buyers. */
    public Preferences preferences() {
        return preferences;
    }

    /**
     * Opens the market: all buyers choose again and again, each sweep seeing the shares of the one before, until a sweep
     * changes no choice (MODEL.md, "Start").
     *
     * @param state a market before its opening; not changed
     * @param stopRequested asked before each sweep whether to give up
     * @return the opening; empty when it was given up
     * @throws AgentFailureException when the buyers' agent fails, or the choices never settle
     */
    public Optional<MarketOpened> open(MarketState state, BooleanSupplier stopRequested) {
        int[] everybody = choices;
        for (int buyer = 0; buyer < everybody.length; buyer++) {
            everybody[buyer] = buyer;
        }
        int[] before = state.choices().clone();
        int[] now = new int[before.length];
        double[] shares = state.shares().clone();
        for (int sweep = 0; sweep < MOST_OPENING_SWEEPS; sweep++) {
            if (stopRequested.getAsBoolean()) {
                return Optional.empty();
            }
            Decider decider = buyers.choose(
                    new ChoiceQuestion(
                            0, everybody, everybody.length, preferences, networkEffect, state.prices(), shares),
                    now);
            countShares(now, state, shares);
            if (Arrays.equals(before, now)) {
                return Optional.of(new MarketOpened(
                        now,
                        state.prices().clone(),
                        shares,
                        decider,
                        Impressions.first(models, preferences, parameters)));
            }
            int[] spare = before;
            before = now;
            now = spare;
        }
        throw new AgentFailureException(String.format(
                Locale.ROOT,
                "the market did not open: after %d sweeps buyers still changed their choices",
                MOST_OPENING_SWEEPS));
    }

    private static void countShares(int[] choices, MarketState state, double[] shares) {
        int[] customers = new int[shares.length];
        for (int choice : choices) {
            if (choice != MarketState.NO_SELLER) {
                customers[choice]++;
            }
        }
        lookUpShares(customers, state, shares);
    }

    private static void lookUpShares(int[] customers, MarketState state, double[] shares) {
        for (int seller = 0; seller < shares.length; seller++) {
            shares[seller] = state.shareOf(customers[seller]);
        }
    }

    /**
     * Takes one step from a state (MODEL.md, "Step t → t+1").
     *
     * @param state the state before the step; not changed
     * @return the step, which applied to the state gives the next one
     * @throws AgentFailureException when an agent fails; the step then has not happened, and the generator has drawn for it
     */
    public StepTaken step(MarketState state) {
        observer.enters(StepStage.DRAW);
        Draws draws = draw(state.step() + 1);
        PriceDecision price = decidePrice(state, draws);
        System.arraycopy(state.prices(), 0, newPrices, 0, newPrices.length);
        newPrices[draws.seller()] = price.price();
        return mixed == null ? chooseByRule(state, draws, price) : chooseMixed(state, draws, price);
    }

    /**
     * Draws what a step that was taken before drew, so that the next one draws what it would have.
     *
     * @throws EventLogException when the generator draws another seller: the log is not this market's
     */
    public void skip(StepTaken taken) {
        Draws draws = draw(taken.step());
        if (draws.seller() != taken.seller()) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "the event log is of another market: in step %d seller %d could re-price, not %d",
                    taken.step(),
                    draws.seller(),
                    taken.seller()));
        }
    }

    private Draws draw(long step) {
        random.beginStep(step);
        int seller = random.seller(parameters.sellers());
        int activeCount = random.active(activityProbability, parameters.buyers(), active);
        int seenCount = random.seen(parameters.visibility(), parameters.buyers(), seen);
        double priceNoise = sellers.followsRule(seller) ? parameters.noise() * random.normal() : 0;
        return new Draws(step, seller, activeCount, seenCount, priceNoise);
    }

    private StepTaken chooseByRule(MarketState state, Draws draws, PriceDecision price) {
        Decider decider = draws.activeCount() == 0 ? null : choose(state, draws.step(), active, draws.activeCount());
        observer.enters(StepStage.GATHER);
        return event(
                state,
                draws,
                price,
                active,
                draws.activeCount(),
                decider,
                ModelBuyerChanges.NONE,
                decider == null ? List.of() : decidedByRule());
    }

    private StepTaken chooseMixed(MarketState state, Draws draws, PriceDecision price) {
        mixed.sort(active, draws.activeCount());
        Decider ruleDecider =
                mixed.ruleCount() == 0 ? null : choose(state, draws.step(), mixed.rule(), mixed.ruleCount());
        int[] asked = mixed.models();
        observer.enters(StepStage.MODEL_CHOICES);
        List<ModelBuyerDecision> decisions =
                asked.length == 0 ? List.of() : modelBuyers.decide(draws.step(), asked, state, newPrices);
        observer.enters(StepStage.GATHER);
        mixed.combine(choices, decisions, choices);
        return event(
                state,
                draws,
                price,
                mixed.acting(),
                mixed.actingCount(),
                ruleDecider,
                MixedBuyers.changes(decisions, state),
                ruleDecider == null ? List.of() : decidedByRule());
    }

    private List<BuyerDecisions> decidedByRule() {
        List<DecidedChoices> decided = buyers.lastDecided();
        return decided.isEmpty()
                ? List.of()
                : decided.stream()
                        .map(choices -> new BuyerDecisions(DecisionKind.CHOICE, choices.decider(), choices.buyers()))
                        .toList();
    }

    private PriceDecision decidePrice(MarketState state, Draws draws) {
        observer.enters(StepStage.RESEARCH);
        for (int k = 0; k < networkBenefit.length; k++) {
            networkBenefit[k] = networkEffect * state.shares()[k];
        }
        PricePremiums premiums =
                research.of(draws.seller(), preferences, networkBenefit, state.prices(), seen, draws.seenCount());
        observer.enters(StepStage.PRICE);
        return sellers.decidePrice(new PricingQuestion(
                draws.step(),
                draws.seller(),
                state.prices(),
                state.shares(),
                premiums,
                parameters.unitCost(),
                parameters.costCap(),
                draws.priceNoise()));
    }

    private Decider choose(MarketState state, long step, int[] choosing, int count) {
        observer.enters(StepStage.CHOICES);
        return buyers.choose(
                new ChoiceQuestion(step, choosing, count, preferences, networkEffect, newPrices, state.shares()),
                choices);
    }

    /** Collects the positions, among the buyers that acted, of those that chose something new. */
    private int findChanges(int[] current, int[] acting, int actingCount) {
        int count = 0;
        for (int i = 0; i < actingCount; i++) {
            changed[count] = i;
            count += current[acting[i]] == choices[i] ? 0 : 1;
        }
        return count;
    }

    private StepTaken event(
            MarketState state,
            Draws draws,
            PriceDecision price,
            int[] acting,
            int actingCount,
            Decider choiceDecider,
            ModelBuyerChanges modelBuyerChanges,
            List<BuyerDecisions> ruleDecisions) {
        int changedCount = findChanges(state.choices(), acting, actingCount);
        int[] customers = state.customers().clone();
        int[] changedBuyers = new int[changedCount];
        int[] newChoices = new int[changedCount];
        for (int i = 0; i < changedCount; i++) {
            int buyer = acting[changed[i]];
            int choice = choices[changed[i]];
            int before = state.choices()[buyer];
            changedBuyers[i] = buyer;
            newChoices[i] = choice;
            if (before != MarketState.NO_SELLER) {
                customers[before]--;
            }
            if (choice != MarketState.NO_SELLER) {
                customers[choice]++;
            }
        }
        double[] shares = new double[customers.length];
        lookUpShares(customers, state, shares);
        return new StepTaken(
                draws.step(),
                draws.seller(),
                state.prices()[draws.seller()],
                price.price(),
                Arrays.copyOf(acting, actingCount),
                changedBuyers,
                newChoices,
                newPrices.clone(),
                shares,
                price.decider(),
                choiceDecider,
                modelBuyerChanges,
                ruleDecisions);
    }

    /** What chance decides in a step; who is active or seen is in the arrays. */
    private record Draws(long step, int seller, int activeCount, int seenCount, double priceNoise) {}
}
