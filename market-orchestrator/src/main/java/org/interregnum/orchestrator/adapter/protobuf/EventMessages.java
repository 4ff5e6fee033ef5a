package org.interregnum.orchestrator.adapter.protobuf;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.interregnum.event.v1.Decider;
import org.interregnum.event.v1.MarketParameters;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;

/** Events from and to generated messages. */
final class EventMessages {
    private static final Map<RunStatus, org.interregnum.event.v1.RunStatus> STATUSES = new EnumMap<>(Map.of(
            RunStatus.FINISHED, org.interregnum.event.v1.RunStatus.RUN_STATUS_FINISHED,
            RunStatus.FAILED, org.interregnum.event.v1.RunStatus.RUN_STATUS_FAILED,
            RunStatus.BUDGET_SPENT, org.interregnum.event.v1.RunStatus.RUN_STATUS_BUDGET_SPENT,
            RunStatus.INTERRUPTED, org.interregnum.event.v1.RunStatus.RUN_STATUS_INTERRUPTED));

    private static final Map<DecisionOutcome, org.interregnum.agent.v1.DecisionOutcome> OUTCOMES = new EnumMap<>(Map.of(
            DecisionOutcome.RULE, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_RULE,
            DecisionOutcome.MODEL, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_MODEL,
            DecisionOutcome.REPAIRED, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_REPAIRED,
            DecisionOutcome.REPLAYED, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_REPLAYED,
            DecisionOutcome.FALLBACK, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_FALLBACK,
            DecisionOutcome.UNDECIDED, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_UNDECIDED));

    private EventMessages() {}

    static org.interregnum.event.v1.MarketEvent toMessage(MarketEvent event) {
        var message = org.interregnum.event.v1.MarketEvent.newBuilder();
        if (event instanceof RunStarted started) {
            message.setRunStarted(toMessage(started));
        } else if (event instanceof MarketOpened opening) {
            message.setMarketOpened(toMessage(opening));
        } else if (event instanceof StepTaken step) {
            message.setStepTaken(toMessage(step));
        } else if (event instanceof RunEnded ended) {
            message.setRunEnded(org.interregnum.event.v1.RunEnded.newBuilder()
                    .setStatus(STATUSES.get(ended.status()))
                    .setLastStep(ended.lastStep())
                    .setReason(ended.reason()));
        }
        return message.build();
    }

    static MarketEvent toEvent(org.interregnum.event.v1.MarketEvent message) {
        return switch (message.getEventCase()) {
            case RUN_STARTED -> toEvent(message.getRunStarted());
            case MARKET_OPENED -> toEvent(message.getMarketOpened());
            case STEP_TAKEN -> toEvent(message.getStepTaken());
            case RUN_ENDED ->
                new RunEnded(
                        keyOf(STATUSES, message.getRunEnded().getStatus(), "status"),
                        message.getRunEnded().getLastStep(),
                        message.getRunEnded().getReason());
            case EVENT_NOT_SET -> throw new IllegalArgumentException("it is of a kind that this program does not know");
        };
    }

    static Decider toMessage(org.interregnum.orchestrator.agent.Decider decider) {
        return Decider.newBuilder()
                .setAgent(decider.agent())
                .setVersion(decider.version())
                .setStrategy(decider.strategy())
                .setOutcome(OUTCOMES.get(decider.outcome()))
                .setReason(decider.reason())
                .build();
    }

    private static org.interregnum.event.v1.RunStarted.Builder toMessage(RunStarted started) {
        var parameters = started.parameters();
        return org.interregnum.event.v1.RunStarted.newBuilder()
                .setRunId(started.runId())
                .setProgramVersion(started.programVersion())
                .setPoints(started.points())
                .setSeed((int) started.seed())
                .setGenerator(started.generator())
                .setParameters(MarketParameters.newBuilder()
                        .setBuyers(parameters.buyers())
                        .setSellers(parameters.sellers())
                        .setScaledNetworkEffect(parameters.scaledNetworkEffect())
                        .setUpdateRate(parameters.updateRate())
                        .setPreferenceMean(parameters.preferenceMean())
                        .setPreferenceDeviation(parameters.preferenceDeviation())
                        .setUnitCost(parameters.unitCost())
                        .setCostCap(parameters.costCap())
                        .setNoise(parameters.noise())
                        .setVisibility(parameters.visibility()));
    }

    private static RunStarted toEvent(org.interregnum.event.v1.RunStarted message) {
        var parameters = message.getParameters();
        return new RunStarted(
                message.getRunId(),
                message.getProgramVersion(),
                new org.interregnum.orchestrator.model.MarketParameters(
                        parameters.getBuyers(),
                        parameters.getSellers(),
                        parameters.getScaledNetworkEffect(),
                        parameters.getUpdateRate(),
                        parameters.getPreferenceMean(),
                        parameters.getPreferenceDeviation(),
                        parameters.getUnitCost(),
                        parameters.getCostCap(),
                        parameters.getNoise(),
                        parameters.getVisibility()),
                message.getPoints(),
                Integer.toUnsignedLong(message.getSeed()),
                message.getGenerator());
    }

    private static org.interregnum.event.v1.MarketOpened.Builder toMessage(MarketOpened opening) {
        var message = org.interregnum.event.v1.MarketOpened.newBuilder();
        Arrays.stream(opening.choices()).forEach(message::addChoices);
        Arrays.stream(opening.prices()).forEach(message::addPrices);
        Arrays.stream(opening.shares()).forEach(message::addShares);
        if (opening.choiceDecider() != null) {
            message.setChoiceDecider(toMessage(opening.choiceDecider()));
        }
        return message;
    }

    private static MarketOpened toEvent(org.interregnum.event.v1.MarketOpened message) {
        return new MarketOpened(
                toInts(message.getChoicesList()),
                toDoubles(message.getPricesList()),
                toDoubles(message.getSharesList()),
                message.hasChoiceDecider() ? toDecider(message.getChoiceDecider()) : null);
    }

    private static org.interregnum.event.v1.StepTaken.Builder toMessage(StepTaken step) {
        var message = org.interregnum.event.v1.StepTaken.newBuilder()
                .setStep(step.step())
                .setSeller(step.seller())
                .setOldPrice(step.oldPrice())
                .setNewPrice(step.newPrice());
        for (int index = 0; index < step.activeBuyers().length; index++) {
            message.addActiveBuyerGaps(step.activeBuyers()[index] - (index == 0 ? 0 : step.activeBuyers()[index - 1]));
        }
        for (int index = 0; index < step.changedBuyers().length; index++) {
            message.addChangedBuyerGaps(
                    step.changedBuyers()[index] - (index == 0 ? 0 : step.changedBuyers()[index - 1]));
        }
        Arrays.stream(step.newChoices()).forEach(message::addNewChoices);
        Arrays.stream(step.prices()).forEach(message::addPrices);
        Arrays.stream(step.shares()).forEach(message::addShares);
        if (step.priceDecider() != null) {
            message.setPriceDecider(toMessage(step.priceDecider()));
        }
        if (step.choiceDecider() != null) {
            message.setChoiceDecider(toMessage(step.choiceDecider()));
        }
        return message;
    }

    private static StepTaken toEvent(org.interregnum.event.v1.StepTaken message) {
        return new StepTaken(
                message.getStep(),
                message.getSeller(),
                message.getOldPrice(),
                message.getNewPrice(),
                BuyerGaps.toBuyers(message.getActiveBuyerGapsList()),
                BuyerGaps.toBuyers(message.getChangedBuyerGapsList()),
                toInts(message.getNewChoicesList()),
                toDoubles(message.getPricesList()),
                toDoubles(message.getSharesList()),
                message.hasPriceDecider() ? toDecider(message.getPriceDecider()) : null,
                message.hasChoiceDecider() ? toDecider(message.getChoiceDecider()) : null);
    }

    private static org.interregnum.orchestrator.agent.Decider toDecider(Decider message) {
        return new org.interregnum.orchestrator.agent.Decider(
                message.getAgent(),
                message.getVersion(),
                message.getStrategy(),
                keyOf(OUTCOMES, message.getOutcome(), "outcome"),
                message.getReason());
    }

    private static <K, V> K keyOf(Map<K, V> names, V value, String what) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its " + what + " is not one this program knows"));
    }

    private static int[] toInts(List<Integer> values) {
        int[] ints = new int[values.size()];
        for (int index = 0; index < ints.length; index++) {
            ints[index] = BuyerGaps.intAt(values, index);
        }
        return ints;
    }

    private static double[] toDoubles(List<Double> values) {
        double[] doubles = new double[values.size()];
        for (int index = 0; index < doubles.length; index++) {
            doubles[index] = values.get(index);
        }
        return doubles;
    }
}
