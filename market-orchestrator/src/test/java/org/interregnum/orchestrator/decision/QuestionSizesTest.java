package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.junit.jupiter.api.Test;

class QuestionSizesTest {
    private static final ModelSettings MODEL = DecisionTestData.model("local", 1);
    private final QuestionSizes sizes = new QuestionSizes();

    @Test
    void shouldSetAsideForAllCallsOfAQuestionBeforeAnythingIsKnown() {
        assertThat(sizes.wanted(DecisionKind.PRICE, MODEL).calls()).isEqualTo(6);
        assertThat(sizes.wanted(DecisionKind.PRICE, MODEL).tokens()).isEqualTo(6 * 21_000);
        assertThat(sizes.wanted(DecisionKind.PRICE, MODEL).cost()).isEqualTo(6 * 21.0);
    }

    @Test
    void shouldLearnFromTheLargestQuestionOfAKind() {
        learn("x".repeat(1000));
        long known = sizes.wanted(DecisionKind.CHOICE, MODEL).tokens();
        assertThat(known).isEqualTo(6 * (4500 + 1000));
        learn("x");
        assertThat(sizes.wanted(DecisionKind.CHOICE, MODEL).tokens()).isEqualTo(known);
        learn("ρ".repeat(1000));
        assertThat(sizes.wanted(DecisionKind.CHOICE, MODEL).tokens()).isEqualTo(6 * (6000 + 1000));
        assertThat(sizes.wanted(DecisionKind.PRICE, MODEL).tokens()).isEqualTo(6 * 21_000);
    }

    private void learn(String prompt) {
        sizes.learn(
                DecisionKind.CHOICE,
                new ModelReport(List.of(DecisionTestData.call(prompt, 1, 1, 1)), "plain", "00", "", false, 2, 0));
    }
}
