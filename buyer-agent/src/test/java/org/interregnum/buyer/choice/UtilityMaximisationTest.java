package org.interregnum.buyer.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UtilityMaximisationTest {
    @Test
    void shouldChooseTheSellerOfGreatestUtility() {
        // One buyer a column entry; utilities of buyer 0: 1 + 2·0.5 − 1 = 1, 0.5, −1.
        double[][] preferences = {{1, 0}, {0.5, 0}, {-1, 3}};
        assertThat(choose(preferences, 2, new double[] {0.5, 0, 0}, new double[] {1, 0, 0}, 0, 1))
                .containsExactly(0, 2);
    }

    @Test
    void shouldBuyNothingWhenNoUtilityIsAboveZero() {
        assertThat(choose(new double[][] {{-1}, {0}, {-0.5}}, 1, new double[3], new double[3], 0))
                .as("a tie with nothing goes to nothing")
                .containsExactly(-1);
    }

    @Test
    void shouldGiveATieToTheLowestSeller() {
        assertThat(choose(new double[][] {{0.5}, {2}, {2}}, 1, new double[3], new double[3], 0))
                .containsExactly(1);
    }

    @Test
    void shouldAnswerInTheOrderAsked() {
        double[][] preferences = {{1, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 1, 0}};
        assertThat(choose(preferences, 0, new double[3], new double[3], 3, 1, 0, 2))
                .containsExactly(0, 1, 0, 2);
    }

    @Test
    void shouldEqualTheLiteralRule() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int trial = 0; trial < 300; trial++) {
            int sellers = 3 + random.nextInt(30);
            int buyers = 1 + random.nextInt(trial == 0 ? 90_000 : 600);
            double[][] preferences = new double[sellers][buyers];
            for (double[] column : preferences) {
                for (int buyer = 0; buyer < buyers; buyer++) {
                    // Few distinct values, so that ties are common.
                    column[buyer] = trial % 2 == 0 ? random.nextGaussian() : random.nextInt(-3, 4) / 2.0;
                }
            }
            double networkEffect = random.nextInt(3);
            double[] shares = random.doubles(sellers).toArray();
            double[] prices =
                    random.ints(sellers, 0, 4).mapToDouble(p -> p / 2.0).toArray();
            int[] asked = IntStream.range(0, buyers)
                    .filter(buyer -> random.nextInt(3) > 0)
                    .toArray();

            int[] choices = choose(preferences, networkEffect, shares, prices, asked);

            assertThat(choices)
                    .isEqualTo(IntStream.of(asked)
                            .map(buyer -> literally(preferences, networkEffect, shares, prices, buyer))
                            .toArray());
        }
    }

    private static int literally(
            double[][] preferences, double networkEffect, double[] shares, double[] prices, int buyer) {
        int choice = -1;
        double best = 0;
        for (int seller = 0; seller < prices.length; seller++) {
            double utility = preferences[seller][buyer] + networkEffect * shares[seller] - prices[seller];
            if (utility > best) {
                best = utility;
                choice = seller;
            }
        }
        return choice;
    }

    private static int[] choose(
            double[][] preferences, double networkEffect, double[] shares, double[] prices, int... buyers) {
        int[] choices = new int[buyers.length];
        UtilityMaximisation.choose(preferences, buyers, buyers.length, networkEffect, shares, prices, choices);
        return choices;
    }
}
