package org.interregnum.orchestrator.adapter.protobuf;

import java.util.Arrays;
import java.util.List;
import org.interregnum.event.v1.Decider;
import org.interregnum.event.v1.MarketParameters;
import org.interregnum.event.v1.PriceShock;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.Impression;

/** Events from and to generated messages. */
final class EventMessages {
    private EventMessages() {}

    static org.interregnum.event.v1.MarketEvent toMessage(MarketEvent event) {
        var message = org.interregnum.event.v1.MarketEvent.newBuilder();
        if (event instanceof RunStarted started) {
            message.setRunStarted(toMessage(started));
        } else if (event instanceof MarketOpened opening) {
            message.setMarketOpened(toMessage(opening));
        } else if (event instanceof StepTaken step) {
            message.setStepTaken(toMessage(step));
        } else if (event instanceof RunForked fork) {
            message.setRunForked(toMessage(fork));
        } else if (event instanceof AgentsAssigned assigned) {
            message.setAgentsAssigned(AgentsAssignedMessages.toMessage(assigned));
        } else if (event instanceof RunEnded ended) {
            message.setRunEnded(org.interregnum.event.v1.RunEnded.newBuilder()
                    .setStatus(ContractEnum.STATUS.encode(ended.status()))
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
                        ContractEnum.STATUS.decode(message.getRunEnded().getStatus()),
                        message.getRunEnded().getLastStep(),
                        message.getRunEnded().getReason());
            case RUN_FORKED -> toEvent(message.getRunForked());
            case AGENTS_ASSIGNED -> AgentsAssignedMessages.toEvent(message.getAgentsAssigned());
            case EVENT_NOT_SET -> throw new IllegalArgumentException("it is of a kind that this program does not know");
        };
    }

    static Decider toMessage(org.interregnum.orchestrator.agent.Decider decider) {
        return Decider.newBuilder()
                .setAgent(decider.agent())
                .setVersion(decider.version())
                .setStrategy(decider.strategy())
                .setOutcome(ContractEnum.OUTCOME.encode(decider.outcome()))
                .setReason(decider.reason())
                .setModel(decider.model())
                .build();
    }

    private static org.interregnum.event.v1.RunStarted.Builder toMessage(RunStarted started) {
        var message = org.interregnum.event.v1.RunStarted.newBuilder()
                .setRunId(started.runId())
                .setProgramVersion(started.programVersion())
                .setPoints(started.points())
                .setSeed((int) started.seed())
                .setGenerator(started.generator())
                .setParameters(toMessage(started.parameters()));
        if (!started.models().isEmpty() || started.models().buyersActEveryStep()) {
            message.setModels(ModelAssignmentMessages.toMessage(started.models()));
        }
        if (!Double.isNaN(started.burnIn())) {
            message.setBurnIn(started.burnIn());
        }
        return message;
    }

    private static MarketParameters.Builder toMessage(org.interregnum.orchestrator.model.MarketParameters parameters) {
        return MarketParameters.newBuilder()
                .setBuyers(parameters.buyers())
                .setSellers(parameters.sellers())
                .setScaledNetworkEffect(parameters.scaledNetworkEffect())
                .setUpdateRate(parameters.updateRate())
                .setPreferenceMean(parameters.preferenceMean())
                .setPreferenceDeviation(parameters.preferenceDeviation())
                .setUnitCost(parameters.unitCost())
                .setCostCap(parameters.costCap())
                .setNoise(parameters.noise())
                .setVisibility(parameters.visibility());
    }

    private static org.interregnum.event.v1.RunForked.Builder toMessage(RunForked fork) {
        var message = org.interregnum.event.v1.RunForked.newBuilder()
                .setParentRunId(fork.parentRunId())
                .setStep(fork.step())
                .setParameters(toMessage(fork.parameters()));
        if (!fork.models().isEmpty() || fork.models().buyersActEveryStep()) {
            message.setModels(ModelAssignmentMessages.toMessage(fork.models()));
        }
        for (Impression impression : fork.impressions()) {
            message.addImpressions(ContractEnum.IMPRESSION.encode(impression));
        }
        for (RunForked.PriceShock shock : fork.priceShocks()) {
            message.addPriceShocks(
                    PriceShock.newBuilder().setSeller(shock.seller()).setPrice(shock.price()));
        }
        return message;
    }

    private static RunForked toEvent(org.interregnum.event.v1.RunForked message) {
        var parameters = toParameters(message.getParameters());
        return new RunForked(
                message.getParentRunId(),
                message.getStep(),
                parameters,
                message.hasModels()
                        ? ModelAssignmentMessages.toAssignment(message.getModels(), parameters)
                        : ModelAssignment.NONE,
                ModelBuyerMessages.toImpressions(message.getImpressionsList()),
                message.getPriceShocksList().stream()
                        .map(shock -> new RunForked.PriceShock(shock.getSeller(), shock.getPrice()))
                        .toList());
    }

    private static RunStarted toEvent(org.interregnum.event.v1.RunStarted message) {
        var parameters = toParameters(message.getParameters());
        return new RunStarted(
                message.getRunId(),
                message.getProgramVersion(),
                parameters,
                message.getPoints(),
                Integer.toUnsignedLong(message.getSeed()),
                message.getGenerator(),
                message.hasModels()
                        ? ModelAssignmentMessages.toAssignment(message.getModels(), parameters)
                        : ModelAssignment.NONE,
                message.hasBurnIn() ? burnIn(message.getBurnIn()) : Double.NaN);
    }

    private static org.interregnum.orchestrator.model.MarketParameters toParameters(MarketParameters message) {
        return new org.interregnum.orchestrator.model.MarketParameters(
                message.getBuyers(),
                message.getSellers(),
                message.getScaledNetworkEffect(),
                message.getUpdateRate(),
                message.getPreferenceMean(),
                message.getPreferenceDeviation(),
                message.getUnitCost(),
                message.getCostCap(),
                message.getNoise(),
                message.getVisibility());
    }

    private static double burnIn(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("its burn-in " + fraction + " is not from 0 to below 1");
        }
        return fraction;
    }

    private static org.interregnum.event.v1.MarketOpened.Builder toMessage(MarketOpened opening) {
        var message = org.interregnum.event.v1.MarketOpened.newBuilder();
        Arrays.stream(opening.choices()).forEach(message::addChoices);
        Arrays.stream(opening.prices()).forEach(message::addPrices);
        Arrays.stream(opening.shares()).forEach(message::addShares);
        if (opening.choiceDecider() != null) {
            message.setChoiceDecider(toMessage(opening.choiceDecider()));
        }
        for (Impression impression : opening.impressions()) {
            message.addImpressions(ContractEnum.IMPRESSION.encode(impression));
        }
        return message;
    }

    private static MarketOpened toEvent(org.interregnum.event.v1.MarketOpened message) {
        return new MarketOpened(
                toInts(message.getChoicesList()),
                toDoubles(message.getPricesList()),
                toDoubles(message.getSharesList()),
                message.hasChoiceDecider() ? toDecider(message.getChoiceDecider()) : null,
                ModelBuyerMessages.toImpressions(message.getImpressionsList()));
    }

    private static org.interregnum.event.v1.StepTaken.Builder toMessage(StepTaken step) {
        var message = org.interregnum.event.v1.StepTaken.newBuilder()
                .setStep(step.step())
                .setSeller(step.seller())
                .setOldPrice(step.oldPrice())
                .setNewPrice(step.newPrice());
        message.addAllActiveBuyerGaps(BuyerGaps.toGaps(step.activeBuyers()));
        message.addAllChangedBuyerGaps(BuyerGaps.toGaps(step.changedBuyers()));
        Arrays.stream(step.newChoices()).forEach(message::addNewChoices);
        Arrays.stream(step.prices()).forEach(message::addPrices);
        Arrays.stream(step.shares()).forEach(message::addShares);
        if (step.priceDecider() != null) {
            message.setPriceDecider(toMessage(step.priceDecider()));
        }
        if (step.choiceDecider() != null) {
            message.setChoiceDecider(toMessage(step.choiceDecider()));
        }
        ModelBuyerMessages.addTo(message, step);
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
                message.hasChoiceDecider() ? toDecider(message.getChoiceDecider()) : null,
                ModelBuyerMessages.toChanges(message),
                ModelBuyerMessages.toDecisions(message.getRuleDecisionsList()));
    }

    static org.interregnum.orchestrator.agent.Decider toDecider(Decider message) {
        return new org.interregnum.orchestrator.agent.Decider(
                message.getAgent(),
                message.getVersion(),
                message.getStrategy(),
                ContractEnum.OUTCOME.decode(message.getOutcome()),
                message.getReason(),
                message.getModel());
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
