package org.interregnum.orchestrator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.model.Preferences;
import org.interregnum.orchestrator.model.PricePremiums;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketResearchTest {
    @Test
    void shouldComparePriceWithTheBestAlternative() {
        // Buyer 0: 3 here against 1 there; buyer 1: 0.5 against nothing; buyer 2: −1 against 2.
        Preferences preferences = new Preferences(new double[][] {{3, 0.5, -1}, {1, -1, 2}, {0, -2, 0}});

        PricePremiums premiums = new MarketResearch(3).of(0, preferences, new double[3], new double[3], null, 3);

        assertThat(Arrays.copyOf(premiums.values(), premiums.count())).containsExactly(2, 0.5, -3);
    }

    @Test
    void shouldLookAtTheBuyersSeenOnly() {
        Preferences preferences = new Preferences(new double[][] {{3, 0.5, -1}, {1, -1, 2}, {0, -2, 0}});

        PricePremiums premiums =
                new MarketResearch(3).of(0, preferences, new double[3], new double[3], new int[] {0, 2}, 2);

        assertThat(Arrays.copyOf(premiums.values(), premiums.count())).containsExactly(2, -3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2 * 1024 + 77, 100_500})
    void shouldEqualTheDefinitionAcrossTiles(int buyers) {
        RandomGenerator random = new SplittableRandom(buyers);
        int sellers = 7;
        double[][] columns = new double[sellers][];
        Arrays.setAll(columns, k -> random.doubles(buyers, -2, 3).toArray());
        double[] networkBenefit = random.doubles(sellers, 0, 2).toArray();
        double[] prices = random.doubles(sellers, 0, 2).toArray();

        for (int seller = 0; seller < sellers; seller++) {
            int own = seller;
            double[] expected = IntStream.range(0, buyers)
                    .mapToDouble(i -> {
                        double best = IntStream.range(0, sellers)
                                .filter(k -> k != own)
                                .mapToDouble(k -> columns[k][i] + networkBenefit[k] - prices[k])
                                .max()
                                .orElseThrow();
                        return columns[own][i] + networkBenefit[own] - prices[own] - Math.max(0, best);
                    })
                    .toArray();

            PricePremiums premiums = new MarketResearch(buyers)
                    .of(seller, new Preferences(columns), networkBenefit, prices, null, buyers);

            assertThat(premiums.values()).isEqualTo(expected);
        }
    }
}
