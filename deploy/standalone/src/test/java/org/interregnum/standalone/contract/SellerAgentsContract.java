package org.interregnum.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.PriceDecision;
import org.interregnum.orchestrator.agent.PricingQuestion;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.model.PricePremiums;
import org.interregnum.seller.pricing.BestResponse;
import org.junit.jupiter.api.Test;

/** What holds for whoever decides prices by the rule, wherever that happens. */
abstract class SellerAgentsContract {
    private static final double[] PRICES = {1, 1.25, 0};
    private static final double[] SHARES = {0.25, 0.5, 0.25};

    /** The implementation under test; this class closes none. */
    abstract SellerAgents sellers();

    @Test
    void shouldSayWhoDecided() {
        PriceDecision decision = sellers().decidePrice(question(1, 0.5, 1, 0.2));
        assertThat(decision.decider().agent()).isEqualTo("interregnum-seller");
        assertThat(decision.decider().version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(decision.decider().strategy()).isEqualTo("rule");
        assertThat(decision.decider().outcome()).isEqualTo(DecisionOutcome.RULE);
        assertThat(decision.decider().reason()).isEmpty();
    }

    @Test
    void shouldHoldPriceWhenNobodyIsSeen() {
        assertThat(sellers().decidePrice(question(1)).price()).isEqualTo(1.25);
    }

    @Test
    void shouldFloorThePriceAtZero() {
        PricingQuestion question = new PricingQuestion(1, 0, PRICES, SHARES, premiums(0.5, 0.25), 0, 0.1, -100);
        assertThat(sellers().decidePrice(question).price()).isZero();
    }

    @Test
    void shouldLookAtThePremiumsThatCountOnly() {
        PricePremiums few = new PricePremiums(new double[] {0.5, 0.25, 77, 78}, 2);
        PricingQuestion question = new PricingQuestion(1, 1, PRICES, SHARES, few, 0, 0.1, 0);
        assertThat(sellers().decidePrice(question).price())
                .isEqualTo(sellers().decidePrice(question(1, 0.5, 0.25)).price());
    }

    @Test
    void shouldDecideAsTheRuleInEveryBit() {
        Random random = new Random(7);
        BestResponse rule = new BestResponse();
        for (int round = 0; round < 200; round++) {
            double[] premiums = random.doubles(random.nextInt(3000), -3, 3).toArray();
            double[] before = premiums.clone();
            int seller = random.nextInt(PRICES.length);
            double cost = random.nextDouble();
            double cap = random.nextDouble();
            double noise = random.nextGaussian() / 10;
            PricingQuestion question =
                    new PricingQuestion(round + 1, seller, PRICES, SHARES, premiums(premiums), cost, cap, noise);
            assertThat(sellers().decidePrice(question).price())
                    .isEqualTo(rule.price(before.clone(), before.length, PRICES[seller], cost, cap, noise));
            assertThat(premiums).isEqualTo(before);
        }
    }

    @Test
    void shouldTakeTheResearchOfAMillionBuyers() {
        double[] premiums = new double[1_000_000];
        Arrays.setAll(premiums, index -> index * 1e-6 - 0.25);
        PriceDecision decision = sellers().decidePrice(question(1, premiums));
        assertThat(decision.price()).isPositive();
    }

    private static PricingQuestion question(int seller, double... premiums) {
        return new PricingQuestion(1, seller, PRICES, SHARES, premiums(premiums), 0, 0.1, 0);
    }

    private static PricePremiums premiums(double... values) {
        return new PricePremiums(values, values.length);
    }
}
