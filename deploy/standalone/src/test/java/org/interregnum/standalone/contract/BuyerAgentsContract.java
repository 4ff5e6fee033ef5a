package org.interregnum.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.interregnum.buyer.choice.UtilityMaximisation;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.model.Preferences;
import org.junit.jupiter.api.Test;

/** What holds for whoever decides choices by the rule, wherever that happens. */
abstract class BuyerAgentsContract {
    private static final double[] PRICES = {1, 1, 1};
    private static final double[] SHARES = {0.25, 0.5, 0.25};

    /** The implementation under test; this class closes none. */
    abstract BuyerAgents buyers();

    @Test
    void shouldSayWhoDecided() {
        Decider decider = buyers().choose(question(new double[][] {{3}, {0}, {0}}, 0), new int[1]);
        assertThat(decider.agent()).isEqualTo("interregnum-buyer");
        assertThat(decider.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(decider.strategy()).isEqualTo("rule");
        assertThat(decider.outcome()).isEqualTo(DecisionOutcome.RULE);
        assertThat(decider.reason()).isEmpty();
    }

    @Test
    void shouldGiveTiesToNothingAndThenToTheLowestSeller() {
        int[] choices = new int[2];
        buyers().choose(question(new double[][] {{0.5, 1.5}, {0, 1}, {0.5, 1.5}}, 0, 1), choices);
        assertThat(choices).containsExactly(-1, 0);
    }

    @Test
    void shouldAnswerForTheBuyersAskedAndNoOthers() {
        double[][] columns = {{9, 0, 0, 9}, {0, 9, 0, 0}, {0, 0, 9, 0}};
        int[] choices = {77, 77, 77};
        ChoiceQuestion question =
                new ChoiceQuestion(3, new int[] {1, 3, 2}, 2, new Preferences(columns), 0, PRICES, SHARES);
        buyers().choose(question, choices);
        assertThat(choices).containsExactly(1, 0, 77);
    }

    @Test
    void shouldDecideAsTheRuleInEveryBit() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            double[][] columns = columns(random, 5000);
            int[] asked = IntStream.range(0, 5000)
                    .filter(buyer -> random.nextInt(5) == 0)
                    .toArray();
            int[] expected = new int[asked.length];
            UtilityMaximisation.choose(columns, asked, asked.length, 0.75, SHARES, PRICES, expected);
            int[] choices = new int[asked.length];
            buyers().choose(
                            new ChoiceQuestion(
                                    round, asked, asked.length, new Preferences(columns), 0.75, PRICES, SHARES),
                            choices);
            assertThat(choices).isEqualTo(expected);
        }
    }

    @Test
    void shouldDecideForAMillionBuyers() {
        int count = 1_000_000;
        double[][] columns = columns(new Random(7), count);
        int[] asked = new int[count];
        Arrays.setAll(asked, index -> index);
        int[] expected = new int[count];
        UtilityMaximisation.choose(columns, asked, count, 1, SHARES, PRICES, expected);
        int[] choices = new int[count];
        buyers().choose(new ChoiceQuestion(0, asked, count, new Preferences(columns), 1, PRICES, SHARES), choices);
        assertThat(choices).isEqualTo(expected);
    }

    private static double[][] columns(Random random, int buyers) {
        double[][] columns = new double[PRICES.length][];
        Arrays.setAll(columns, seller -> random.doubles(buyers, -1, 3).toArray());
        return columns;
    }

    private static ChoiceQuestion question(double[][] columns, int... asked) {
        return new ChoiceQuestion(1, asked, asked.length, new Preferences(columns), 0, PRICES, SHARES);
    }
}
