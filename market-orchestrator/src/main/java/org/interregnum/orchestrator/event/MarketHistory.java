package org.interregnum.orchestrator.event;

import java.util.Arrays;
import java.util.Locale;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.model.MarketState;

/** The one function that moves state: live runs, recovery, replay and export all go through it. */
public final class MarketHistory {
    private MarketHistory() {}

    /**
     * Moves a state by one event. Events that do not concern the state leave it as it is.
     *
     * @throws EventLogException when the event does not follow from the state: the log is not this market's
     */
    public static void apply(MarketState state, MarketEvent event) {
        if (event instanceof StepTaken step) {
            applyStep(state, step);
        } else if (event instanceof MarketOpened opening) {
            applyOpening(state, opening);
        } else if (event instanceof RunForked fork) {
            applyFork(state, fork);
        } else if (event instanceof AgentsAssigned assigned) {
            applyAssignment(state, assigned);
        }
    }

    private static void applyOpening(MarketState state, MarketOpened opening) {
        int sellers = state.prices().length;
        if (state.step() != 0) {
            throw contradiction("the market opens at step " + state.step());
        }
        require(
                opening.choices().length == state.choices().length
                        && opening.prices().length == sellers
                        && opening.shares().length == sellers,
                "the opening is of a market of another size");
        for (int buyer = 0; buyer < opening.choices().length; buyer++) {
            require(isChoice(opening.choices()[buyer], sellers), "the opening names a seller that does not exist");
            state.choose(buyer, opening.choices()[buyer]);
        }
        for (int seller = 0; seller < sellers; seller++) {
            state.price(seller, opening.prices()[seller]);
        }
        require(
                opening.impressions().length == state.impressions().count(),
                "the opening has impressions of other buyers or sellers");
        state.impressions().setAll(opening.impressions());
        state.recountShares();
        require(Arrays.equals(state.shares(), opening.shares()), "the opening's shares do not follow from its choices");
    }

    private static void applyStep(MarketState state, StepTaken step) {
        int sellers = state.prices().length;
        if (step.step() != state.step() + 1) {
            throw contradiction(String.format(Locale.ROOT, "step %d follows step %d", step.step(), state.step()));
        }
        require(step.seller() >= 0 && step.seller() < sellers, "a step names a seller that does not exist");
        require(step.changedBuyers().length == step.newChoices().length, "a step lacks choices");
        state.price(step.seller(), step.newPrice());
        // Impressions are of the sellers that buyers bought from before they chose again.
        applyImpressions(state, step.modelBuyers());
        applyChoices(state, step.changedBuyers(), step.newChoices());
        state.recountShares();
        state.stepTaken();
        if (!Arrays.equals(state.shares(), step.shares()) || !Arrays.equals(state.prices(), step.prices())) {
            throw contradiction(String.format(
                    Locale.ROOT, "the shares or prices of step %d do not follow from its decisions", step.step()));
        }
    }

    private static void applyAssignment(MarketState state, AgentsAssigned assigned) {
        int sellers = state.prices().length;
        int buyers = state.choices().length;
        requireStep(state, assigned, "an assignment");
        require(
                assigned.assignment().sellers().stream().allMatch(group -> group.last() < sellers),
                "an assignment names a seller that does not exist");
        require(
                assigned.assignment().buyers().stream()
                        .map(BuyerGroup::buyers)
                        .allMatch(group -> group.length > 0 && group[group.length - 1] < buyers),
                "an assignment names a buyer that does not exist");
        int[] models = assigned.models().modelBuyers();
        require(
                assigned.impressions().length == (long) models.length * sellers,
                "an assignment has impressions of other buyers or sellers");
        state.assignModels(models, assigned.impressions());
    }

    private static void requireStep(MarketState state, MarketChange change, String what) {
        if (change.step() != state.step()) {
            throw contradiction(
                    String.format(Locale.ROOT, "%s after step %d follows step %d", what, change.step(), state.step()));
        }
    }

    private static void applyFork(MarketState state, RunForked fork) {
        int sellers = state.prices().length;
        requireStep(state, fork, "a fork");
        require(
                fork.parameters().sellers() == sellers && fork.parameters().buyers() == state.choices().length,
                "the market after a fork is of another size");
        int[] models = fork.models().modelBuyers();
        require(
                fork.impressions().length == (long) models.length * sellers,
                "a fork has impressions of other buyers or sellers");
        for (RunForked.PriceShock shock : fork.priceShocks()) {
            require(shock.seller() >= 0 && shock.seller() < sellers, "a fork names a seller that does not exist");
            state.price(shock.seller(), shock.price());
        }
        state.assignModels(models, fork.impressions());
    }

    private static void applyChoices(MarketState state, int[] changedBuyers, int[] newChoices) {
        int sellers = state.prices().length;
        int buyers = state.choices().length;
        for (int change = 0; change < changedBuyers.length; change++) {
            int buyer = changedBuyers[change];
            int choice = newChoices[change];
            require(buyer >= 0 && buyer < buyers, "a step names a buyer that does not exist");
            require(isChoice(choice, sellers), "a step names a seller that does not exist");
            state.choose(buyer, choice);
        }
    }

    private static void applyImpressions(MarketState state, ModelBuyerChanges changes) {
        require(changes.impressionBuyers().length == changes.newImpressions().length, "a step lacks impressions");
        for (int change = 0; change < changes.impressionBuyers().length; change++) {
            int buyer = changes.impressionBuyers()[change];
            require(state.impressions().isHeldBy(buyer), "a buyer that follows the rule has an impression");
            int seller = state.choices()[buyer];
            require(seller != MarketState.NO_SELLER, "a buyer has an impression of no seller");
            state.impressions().set(buyer, seller, changes.newImpressions()[change]);
        }
    }

    private static boolean isChoice(int choice, int sellers) {
        return choice >= MarketState.NO_SELLER && choice < sellers;
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw contradiction(problem);
        }
    }

    private static EventLogException contradiction(String problem) {
        return new EventLogException("the event log contradicts itself: " + problem);
    }
}
