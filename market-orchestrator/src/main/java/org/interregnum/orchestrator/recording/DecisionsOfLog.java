package org.interregnum.orchestrator.recording;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.json.IndexedDecisions;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * Whether the decisions and questions beside a log are those that its steps came of: those of another run, each line of
 * which is in order, and a file that has lost its end are not.
 */
final class DecisionsOfLog {
    private final EarlierRun run;
    private final IndexedDecisions decisions;
    private ModelAssignment models;

    private DecisionsOfLog(EarlierRun run, IndexedDecisions decisions) {
        this.run = run;
        this.decisions = decisions;
        models = run.started().models();
    }

    /**
     * Compares them.
     *
     * @throws EventLogException when the log has a decision that the file lacks or has otherwise, or when a question was
     *     kept that the run cannot have asked
     */
    static void require(EarlierRun run, IndexedDecisions decisions) {
        DecisionsOfLog comparison = new DecisionsOfLog(run, decisions);
        run.forEach(comparison::compare);
        decisions.forEachAsked(comparison::compare);
    }

    private void compare(MarketEvent event) {
        if (event instanceof MarketChange change) {
            models = change.models();
        } else if (event instanceof StepTaken step) {
            comparePrice(step);
            step.modelBuyers().decisions().forEach(buyers -> compare(step, buyers));
        }
    }

    private void comparePrice(StepTaken step) {
        boolean isModel = step.priceDecider().outcome() != DecisionOutcome.RULE
                && models.ofSeller(step.seller()).isPresent();
        if (isModel
                && !(find(step, DecisionKind.PRICE, step.seller()) instanceof ModelDecision.Price price
                        && price.price() == step.newPrice())) {
            throw differs(step.step(), DecisionKind.PRICE, step.seller());
        }
    }

    private void compare(StepTaken step, BuyerDecisions decided) {
        for (int buyer : decided.buyers()) {
            ModelDecision decision = find(step, decided.kind(), buyer);
            boolean isEqual = decided.kind() == DecisionKind.CHOICE
                    ? decision instanceof ModelDecision.Choice choice && isChoice(step, buyer, choice.seller())
                    : decision instanceof ModelDecision.OfImpression impression
                            && isImpression(step, buyer, impression);
            if (!isEqual) {
                throw differs(step.step(), decided.kind(), buyer);
            }
        }
    }

    /** The log has a choice only where it changed. */
    private static boolean isChoice(StepTaken step, int buyer, int seller) {
        int change = Arrays.binarySearch(step.changedBuyers(), buyer);
        return change < 0 || step.newChoices()[change] == seller;
    }

    private static boolean isImpression(StepTaken step, int buyer, ModelDecision.OfImpression decision) {
        int change = Arrays.binarySearch(step.modelBuyers().impressionBuyers(), buyer);
        return change < 0 || step.modelBuyers().newImpressions()[change] == decision.impression();
    }

    private ModelDecision find(StepTaken step, DecisionKind kind, int subject) {
        Optional<ModelSettings> model = kind == DecisionKind.PRICE
                ? models.ofSeller(subject).map(SellerRange::model)
                : models.ofBuyer(subject).map(BuyerCohort::model);
        Optional<DecisionRecord> decision =
                model.flatMap(deciding -> decisions.find(step.step(), kind, subject, deciding));
        return decision.orElseThrow(() -> new EventLogException(String.format(
                        Locale.ROOT,
                        "%s has no record of %s, which the log has; it has lost lines, or is of another run",
                        decisions.name(),
                        inWords(step.step(), kind, subject))))
                .answer()
                .decision();
    }

    private EventLogException differs(long step, DecisionKind kind, int subject) {
        return new EventLogException(String.format(
                Locale.ROOT,
                "%s: the record of %s is not what the log has; it is of another run",
                decisions.name(),
                inWords(step, kind, subject)));
    }

    /**
     * A question without a line was under way when the process ended: in a step behind the log's last. How far behind it
     * nobody can say, for steps that rules decide come to the log a little later than they are taken.
     */
    private void compare(AskedQuestion asked) {
        if (decisions.hasLine(asked.step(), asked.kind(), asked.subject())) {
            return;
        }
        ModelAssignment last = run.spec().models();
        boolean isModel = asked.kind() == DecisionKind.PRICE
                ? last.ofSeller(asked.subject()).isPresent()
                : last.ofBuyer(asked.subject()).isPresent();
        if (!isModel || asked.step() <= run.steps() || asked.step() > run.spec().steps()) {
            throw new EventLogException(String.format(
                    Locale.ROOT,
                    "%s: it has %s, which this run did not ask for; it is of another run",
                    decisions.askedName(),
                    inWords(asked.step(), asked.kind(), asked.subject())));
        }
    }

    private static String inWords(long step, DecisionKind kind, int subject) {
        return String.format(
                Locale.ROOT,
                "the %s of %s %d at step %d",
                kind.name().toLowerCase(Locale.ROOT),
                kind == DecisionKind.PRICE ? "seller" : "buyer",
                subject,
                step);
    }
}
