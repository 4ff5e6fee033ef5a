package org.interregnum.orchestrator.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Which sellers and buyers are models; the others follow rules.
 *
 * @param sellers the sellers, in ranges that do not overlap
 * @param buyers the buyers, in cohorts that do not overlap
 * @param buyersActEveryStep whether buyers that are models act in every step, as in the published code, instead of when
 *     they are active
 */
public record ModelAssignment(List<SellerRange> sellers, List<BuyerCohort> buyers, boolean buyersActEveryStep) {
    /** Everybody follows rules. */
    public static final ModelAssignment NONE = new ModelAssignment(List.of(), List.of(), false);

    public ModelAssignment {
        sellers = List.copyOf(sellers);
        buyers = List.copyOf(buyers);
        for (int i = 0; i < sellers.size(); i++) {
            for (int j = 0; j < i; j++) {
                SellerRange one = sellers.get(i);
                SellerRange other = sellers.get(j);
                if (one.first() <= other.last() && other.first() <= one.last()) {
                    throw new InvalidParameterException(
                            "range",
                            one.first() + "-" + one.last(),
                            "must not share a seller with " + other.first() + "-" + other.last());
                }
            }
        }
    }

    /** Whether nobody is a model. */
    public boolean isEmpty() {
        return sellers.isEmpty() && buyers.isEmpty();
    }

    /** The range that a seller is in; empty when it follows the rule. */
    public Optional<SellerRange> ofSeller(int seller) {
        return sellers.stream().filter(range -> range.contains(seller)).findFirst();
    }

    /** The cohort that a buyer is in; empty when it follows the rule. */
    public Optional<BuyerCohort> ofBuyer(int buyer) {
        return buyers.stream()
                .filter(cohort -> Arrays.binarySearch(cohort.buyers(), buyer) >= 0)
                .findFirst();
    }

    /** All buyers that are models, ascending. */
    public int[] modelBuyers() {
        return buyers.stream()
                .flatMapToInt(cohort -> Arrays.stream(cohort.buyers()))
                .sorted()
                .toArray();
    }

    /** Number of sellers that are models. */
    public int modelSellers() {
        return sellers.stream()
                .mapToInt(range -> range.last() - range.first() + 1)
                .sum();
    }
}
