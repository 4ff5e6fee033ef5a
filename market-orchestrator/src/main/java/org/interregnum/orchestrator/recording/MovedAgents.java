package org.interregnum.orchestrator.recording;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;

/** The models of a run that goes on, when the agent services that ask them have another address than before. */
public final class MovedAgents {
    private final Map<Setting, Given> options;

    public MovedAgents(Map<Setting, Given> options) {
        this.options = options;
    }

    /**
     * The same models, asked by the services that the options name; models that this process asks stay with it.
     *
     * @throws BadInputException when one address is to replace several, or is none
     */
    public ModelAssignment of(ModelAssignment models) {
        List<SellerRange> sellers = models.sellers();
        Optional<String> seller = address(
                Setting.SELLER_TARGET, sellers.stream().map(SellerRange::model).toList());
        List<BuyerCohort> buyers = models.buyers();
        Optional<String> buyer = address(
                Setting.BUYER_TARGET, buyers.stream().map(BuyerCohort::model).toList());
        return new ModelAssignment(
                sellers.stream()
                        .map(range -> new SellerRange(
                                range.first(), range.last(), moved(range.model(), seller), range.information()))
                        .toList(),
                buyers.stream()
                        .map(cohort -> new BuyerCohort(cohort.name(), cohort.buyers(), moved(cohort.model(), buyer)))
                        .toList(),
                models.buyersActEveryStep());
    }

    private Optional<String> address(Setting target, List<ModelSettings> models) {
        Given given = options.get(target);
        if (given == null) {
            return Optional.empty();
        }
        List<String> before = models.stream()
                .map(ModelSettings::agent)
                .filter(agent -> !agent.isEmpty())
                .distinct()
                .toList();
        if (before.size() > 1) {
            throw given.isBad("would take the place of several services: %s; must be left out"
                    .formatted(String.join(", ", before)));
        }
        return Optional.of(Values.address(target, given).toString());
    }

    private static ModelSettings moved(ModelSettings model, Optional<String> address) {
        return model.agent().isEmpty() ? model : address.map(model::withAgent).orElse(model);
    }
}
