package org.interregnum.standalone.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.RuleBuyerAgents;
import org.interregnum.standalone.RuleSellerAgents;
import org.junit.jupiter.api.Test;

/** A market that is large enough for several threads, against the rules as they are written, in one thread. */
class ManyBuyersTest {
    private static final int BUYERS = 120_000;
    private static final int SELLERS = 4;

    /** Nearly everybody is active, so that choosing is shared out as well. */
    private static final RunSpec SPEC =
            new RunSpec(MarketParameters.of(0.9, 2.5, BUYERS, SELLERS), 6, 42, "philox", 0.25);

    private final List<MarketEvent> events = new ArrayList<>();
    private final EventLog log = new EventLog() {
        @Override
        public void append(MarketEvent event) {
            events.add(event);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void shouldFollowTheLiteralRules() {
        RunResult result = new RunLoop(
                        "test", "test", SPEC, new RuleSellerAgents(), new RuleBuyerAgents(), log, RunListener.NONE)
                .run();
        double[][] preferences = result.preferences().columns();

        MarketOpened opening = (MarketOpened) events.get(1);
        int[] choices = opening.choices().clone();
        double[] prices = opening.prices();
        double[] shares = opening.shares();
        assertThat(choices).isEqualTo(choose(everybody(), preferences, shares, prices));
        for (int number = 1; number < SPEC.points(); number++) {
            StepTaken step = (StepTaken) events.get(number + 1);
            double expected = price(step.seller(), preferences, shares, prices);
            assertThat(step.newPrice()).as("price of step %d", number).isEqualTo(expected);
            assertThat(step.activeBuyers()).hasSizeGreaterThan(100_000);

            int[] chosen = choose(step.activeBuyers(), preferences, shares, step.prices());
            for (int i = 0; i < chosen.length; i++) {
                choices[step.activeBuyers()[i]] = chosen[i];
            }
            prices = step.prices();
            shares = step.shares();
            assertThat(shares).as("shares of step %d", number).containsExactly(sharesOf(choices), within(1e-12));
        }
        assertThat(result.state().choices()).isEqualTo(choices);
    }

    private static int[] everybody() {
        int[] buyers = new int[BUYERS];
        Arrays.setAll(buyers, buyer -> buyer);
        return buyers;
    }

    private static double utility(double[][] preferences, int buyer, int seller, double[] shares, double[] prices) {
        return preferences[seller][buyer] + SPEC.market().networkEffect() * shares[seller] - prices[seller];
    }

    private static int[] choose(int[] buyers, double[][] preferences, double[] shares, double[] prices) {
        int[] choices = new int[buyers.length];
        for (int i = 0; i < buyers.length; i++) {
            choices[i] = -1;
            double best = 0;
            for (int seller = 0; seller < SELLERS; seller++) {
                double utility = utility(preferences, buyers[i], seller, shares, prices);
                if (utility > best) {
                    best = utility;
                    choices[i] = seller;
                }
            }
        }
        return choices;
    }

    private static double price(int seller, double[][] preferences, double[] shares, double[] prices) {
        double[] premiums = new double[BUYERS + 1];
        for (int buyer = 0; buyer < BUYERS; buyer++) {
            double alternative = 0;
            for (int other = 0; other < SELLERS; other++) {
                if (other != seller) {
                    alternative = Math.max(alternative, utility(preferences, buyer, other, shares, prices));
                }
            }
            premiums[buyer] = utility(preferences, buyer, seller, shares, prices) - alternative;
        }
        Arrays.sort(premiums, 0, BUYERS);
        premiums[0] -= 0.00001;
        premiums[BUYERS] = premiums[BUYERS - 1] + 0.00001;
        double best = Double.NEGATIVE_INFINITY;
        double premium = Double.NaN;
        for (int k = 0; k <= BUYERS; k++) {
            double left = k == BUYERS ? 0 : k * (-1.0 / BUYERS) + 1;
            double profit = left * (prices[seller] + premiums[k]);
            if (profit > best) {
                best = profit;
                premium = premiums[k];
            }
        }
        return Math.max(0, prices[seller] + premium);
    }

    private static double[] sharesOf(int[] choices) {
        double[] shares = new double[SELLERS];
        for (int choice : choices) {
            if (choice >= 0) {
                shares[choice] += 1.0 / BUYERS;
            }
        }
        return shares;
    }
}
