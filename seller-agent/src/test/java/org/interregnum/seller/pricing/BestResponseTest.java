package org.interregnum.seller.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BestResponseTest {
    private final BestResponse rule = new BestResponse();

    @Test
    void shouldHoldPriceWhenNobodyIsSeen() {
        assertThat(rule.price(new double[] {1}, 0, 0.75, 0.1, 0.08, 0.5)).isEqualTo(0.75);
    }

    @Test
    void shouldTakeTheReservationPriceThatEarnsMost() {
        // Prices 1, 2, 3, 4 sell to 4, 3, 2, 1 of four buyers: 2 and 3 earn the same, 6/4, and the first wins.
        assertThat(rule.price(new double[] {4, 1, 3, 2}, 4, 0, 0, 0.08, 0)).isEqualTo(2);
    }

    @Test
    void shouldKeepAllBuyersJustBelowTheCheapestReservationPrice() {
        assertThat(rule.price(new double[] {2, 1.9, 2.1}, 3, 0, 0, 0.08, 0)).isEqualTo(1.9 - 0.00001);
    }

    @Test
    void shouldSellNothingWhenEveryPriceLoses() {
        // All would pay 1 and a share costs 5: best is the price at which nobody is left.
        assertThat(rule.price(new double[] {1, 1, 1}, 3, 0, 5, 1, 0)).isEqualTo(1 + 0.00001);
    }

    @Test
    void shouldPriceASingleBuyerAsTheRuleIsWritten() {
        assertThat(rule.price(new double[] {1}, 1, 0, 0, 0.08, 0)).isEqualTo(1 - 0.00001);
        assertThat(rule.price(new double[] {-3}, 1, 1, 0, 0.08, 0)).isEqualTo(0);
    }

    @Test
    void shouldAddNoiseBeforeTheFloor() {
        assertThat(rule.price(new double[] {2, 2}, 2, 0, 0, 0.08, 0.25)).isEqualTo(2 - 0.00001 + 0.25);
        assertThat(rule.price(new double[] {2, 2}, 2, 0, 0, 0.08, -7)).isZero();
    }

    @Test
    void shouldLeaveThePremiumsAsTheyAre() {
        double[] premiums = {3, -1, 2, 0.5};
        rule.price(premiums, 4, 0.5, 0, 0.08, 0);
        assertThat(premiums).containsExactly(3, -1, 2, 0.5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void shouldEqualTheLiteralRuleInEveryBit(String name, DoubleSupplier premium) {
        RandomGenerator random = new SplittableRandom(name.hashCode());
        for (int trial = 0; trial < 1500; trial++) {
            int count = 1 + random.nextInt(trial % 10 == 0 ? 6000 : 300);
            double[] premiums = DoubleStream.generate(premium).limit(count).toArray();
            double price = trial % 3 == 0 ? 0 : 4 * random.nextDouble();
            double unitCost = trial % 2 == 0 ? 0 : 3 * random.nextDouble();
            double costCap = random.nextDouble();
            double noise = trial % 5 == 0 ? random.nextGaussian() : 0;

            double expected = LiteralBestResponse.price(premiums, count, price, unitCost, costCap, noise);
            double actual = rule.price(premiums, count, price, unitCost, costCap, noise);

            assertThat(actual)
                    .as(() -> "price %s, cost %s up to %s, noise %s, premiums %s"
                            .formatted(price, unitCost, costCap, noise, Arrays.toString(premiums)))
                    .isEqualTo(expected);
        }
    }

    static Stream<Arguments> distributions() {
        RandomGenerator random = new SplittableRandom(20);
        return Stream.of(
                distribution("normal", () -> random.nextGaussian()),
                distribution("a monopolist's", () -> 3 + random.nextGaussian()),
                distribution("nobody's favourite", () -> -4 + random.nextGaussian()),
                distribution("many ties", () -> random.nextInt(5) / 4.0),
                distribution("all the same", () -> 0.7),
                distribution("two humps", () -> (random.nextInt(10) == 0 ? 20 : 0.1) + random.nextGaussian() / 10),
                // Equal profits nearly everywhere: the price times its share is the same for all.
                distribution("heavy tail", () -> 1 / (1 - random.nextDouble())),
                distribution("tiny", () -> 1e-310 * random.nextInt(1000)),
                distribution("huge", () -> 1e9 * random.nextDouble()),
                distribution("around zero", () -> 1e-17 * random.nextGaussian()),
                distribution("all negative", () -> -random.nextDouble() - 5));
    }

    private static Arguments distribution(String name, DoubleSupplier premium) {
        return Arguments.of(name, premium);
    }
}
