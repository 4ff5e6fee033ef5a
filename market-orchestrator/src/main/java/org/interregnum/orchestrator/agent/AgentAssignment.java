package org.interregnum.orchestrator.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Who decides for whom. For sellers and buyers that are in no group the run's own agents decide, by the rule.
 *
 * @param sellers groups of sellers that do not overlap, ascending
 * @param buyers groups of buyers that do not overlap
 * @param buyersActEveryStep whether buyers that are models act in every step instead of when they are active
 */
public record AgentAssignment(List<SellerGroup> sellers, List<BuyerGroup> buyers, boolean buyersActEveryStep) {
    public AgentAssignment {
        sellers = sellers.stream()
                .sorted(Comparator.comparingInt(SellerGroup::first))
                .toList();
        buyers = List.copyOf(buyers);
        for (int index = 1; index < sellers.size(); index++) {
            if (sellers.get(index).first() <= sellers.get(index - 1).last()) {
                throw new InvalidParameterException(
                        "range",
                        sellers.get(index).first() + "-" + sellers.get(index).last(),
                        "must not share a seller with another range");
            }
        }
        Set<String> names = new HashSet<>();
        for (BuyerGroup group : buyers) {
            if (group.cohort().isEmpty() || !names.add(group.cohort())) {
                throw new InvalidParameterException("cohort", group.cohort(), "must be another name for each");
            }
        }
    }

    /** What a run begins with, and what a fork says: models alone are named. */
    public static AgentAssignment of(ModelAssignment models) {
        return of(models, 1);
    }

    private static AgentAssignment of(ModelAssignment models, long since) {
        return new AgentAssignment(
                models.sellers().stream()
                        .map(range -> new SellerGroup(
                                range.first(),
                                range.last(),
                                AssignedAgent.unnamed(range.model(), range.information()),
                                since))
                        .toList(),
                models.buyers().stream()
                        .map(cohort -> new BuyerGroup(
                                cohort.name(),
                                cohort.buyers(),
                                AssignedAgent.unnamed(cohort.model(), Information.RESEARCH),
                                since))
                        .toList(),
                models.buyersActEveryStep());
    }

    /** The sellers and buyers in it that are models. */
    public ModelAssignment models() {
        List<SellerRange> ranges = new ArrayList<>();
        for (SellerGroup group : sellers) {
            group.agent()
                    .model()
                    .ifPresent(model -> ranges.add(new SellerRange(
                            group.first(), group.last(), model, group.agent().information())));
        }
        List<BuyerCohort> cohorts = new ArrayList<>();
        for (BuyerGroup group : buyers) {
            group.agent()
                    .model()
                    .ifPresent(model -> cohorts.add(new BuyerCohort(group.cohort(), group.buyers(), model)));
        }
        return new ModelAssignment(ranges, cohorts, buyersActEveryStep);
    }

    /** The same with another agent for some neighbouring sellers. */
    public AgentAssignment withSellers(SellerGroup added) {
        List<SellerGroup> groups = new ArrayList<>();
        sellers.forEach(group -> groups.addAll(group.without(added.first(), added.last())));
        groups.add(added);
        return new AgentAssignment(groups, buyers, buyersActEveryStep);
    }

    /** The same with another agent for some buyers. */
    public AgentAssignment withBuyers(BuyerGroup added) {
        List<BuyerGroup> groups = new ArrayList<>();
        for (BuyerGroup group : buyers) {
            BuyerGroup rest = group.without(added.buyers());
            if (rest.buyers().length > 0) {
                groups.add(rest);
            }
        }
        groups.add(added);
        return new AgentAssignment(sellers, groups, buyersActEveryStep);
    }

    /**
     * The same with other models: those who were models are not any more, and rules decide for whoever is none.
     *
     * @param since first step that they decide
     */
    public AgentAssignment withModels(ModelAssignment models, long since) {
        AgentAssignment changed = new AgentAssignment(
                sellers.stream().filter(group -> group.agent().followsRule()).toList(),
                buyers.stream().filter(group -> group.agent().followsRule()).toList(),
                models.buyersActEveryStep());
        AgentAssignment added = of(models, since);
        for (SellerGroup group : added.sellers()) {
            changed = changed.withSellers(group);
        }
        for (BuyerGroup group : added.buyers()) {
            changed = changed.withBuyers(group);
        }
        return changed;
    }

    /**
     * The same as from a step on: groups that another assignment has as well decide as long as there, the others from that
     * step on.
     *
     * @param now who decides until then
     * @param step first step that whoever does not decide now decides
     */
    public AgentAssignment since(AgentAssignment now, long step) {
        return new AgentAssignment(
                sellers.stream()
                        .map(group -> now.sellers.contains(group)
                                ? group
                                : new SellerGroup(group.first(), group.last(), group.agent(), step))
                        .toList(),
                buyers.stream()
                        .map(group -> now.buyers.stream().anyMatch(group::isSame)
                                ? group
                                : new BuyerGroup(group.cohort(), group.buyers(), group.agent(), step))
                        .toList(),
                buyersActEveryStep);
    }

    /** The group that a seller is in; empty when the run's own agent decides. */
    public Optional<SellerGroup> ofSeller(int seller) {
        return sellers.stream().filter(group -> group.contains(seller)).findFirst();
    }

    /** Whether an agent of this name decides for anybody. */
    public boolean names(String agent) {
        return sellers.stream().anyMatch(group -> group.agent().name().equals(agent))
                || buyers.stream().anyMatch(group -> group.agent().name().equals(agent));
    }

    /** Whether the run's own agent decides for any of so many sellers. */
    public boolean leavesSellers(int count) {
        return sellers.stream()
                        .mapToInt(group -> group.last() - group.first() + 1)
                        .sum()
                < count;
    }

    /** Whether the run's own agent decides for any of so many buyers. */
    public boolean leavesBuyers(int count) {
        return buyers.stream().mapToInt(group -> group.buyers().length).sum() < count;
    }

    /** Whether an agent that follows a rule was assigned to any seller. */
    public boolean hasRuleSellers() {
        return sellers.stream().anyMatch(group -> group.agent().followsRule());
    }

    /** Whether an agent that follows a rule was assigned to any buyer. */
    public boolean hasRuleBuyers() {
        return buyers.stream().anyMatch(group -> group.agent().followsRule());
    }
}
