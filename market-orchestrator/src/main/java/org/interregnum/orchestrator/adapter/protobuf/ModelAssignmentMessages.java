package org.interregnum.orchestrator.adapter.protobuf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.model.MarketParameters;

/** Which sellers and buyers are models, from and to generated messages. */
final class ModelAssignmentMessages {
    private ModelAssignmentMessages() {}

    static org.interregnum.event.v1.ModelAssignment toMessage(ModelAssignment models) {
        var message = org.interregnum.event.v1.ModelAssignment.newBuilder()
                .setBuyersActEveryStep(models.buyersActEveryStep());
        for (SellerRange range : models.sellers()) {
            message.addSellers(org.interregnum.event.v1.SellerRange.newBuilder()
                    .setFirst(range.first())
                    .setLast(range.last())
                    .setModel(ModelOptionsMessages.toMessage(range.model()))
                    .setInformation(ContractEnum.INFORMATION.encode(range.information())));
        }
        for (BuyerCohort cohort : models.buyers()) {
            message.addBuyers(org.interregnum.event.v1.BuyerCohort.newBuilder()
                    .setName(cohort.name())
                    .addAllBuyerGaps(BuyerGaps.toGaps(cohort.buyers()))
                    .setModel(ModelOptionsMessages.toMessage(cohort.model())));
        }
        return message.build();
    }

    /** Reads an assignment that fits a market of this size. */
    static ModelAssignment toAssignment(org.interregnum.event.v1.ModelAssignment message, MarketParameters parameters) {
        List<SellerRange> sellers = new ArrayList<>(message.getSellersCount());
        for (var range : message.getSellersList()) {
            require(range.getLast() < parameters.sellers(), "a model is a seller that does not exist");
            sellers.add(new SellerRange(
                    range.getFirst(),
                    range.getLast(),
                    ModelOptionsMessages.toSettings(range.getModel()),
                    information(range.getInformation())));
        }
        List<BuyerCohort> buyers = new ArrayList<>(message.getBuyersCount());
        Set<String> names = new HashSet<>();
        boolean[] taken = new boolean[parameters.buyers()];
        for (var cohort : message.getBuyersList()) {
            int[] members = BuyerGaps.toBuyers(cohort.getBuyerGapsList());
            for (int buyer : members) {
                require(buyer < taken.length, "a model is a buyer that does not exist");
                require(!taken[buyer], "a buyer is in two cohorts");
                taken[buyer] = true;
            }
            require(!cohort.getName().isEmpty(), "a cohort has no name");
            require(names.add(cohort.getName()), "two cohorts have one name");
            buyers.add(new BuyerCohort(cohort.getName(), members, ModelOptionsMessages.toSettings(cohort.getModel())));
        }
        return new ModelAssignment(sellers, buyers, message.getBuyersActEveryStep());
    }

    /** The contract lets it be left out. */
    static Information information(org.interregnum.agent.v1.Information information) {
        return information == org.interregnum.agent.v1.Information.INFORMATION_UNSPECIFIED
                ? Information.RESEARCH
                : ContractEnum.INFORMATION.decode(information);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
