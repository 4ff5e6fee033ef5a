package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelReport;
import org.junit.jupiter.api.Test;

class ObjectionTest {
    private final FallbackWindow window = new FallbackWindow(0.05);

    @Test
    void shouldNotObjectToDecisions() {
        for (DecisionOutcome outcome :
                List.of(DecisionOutcome.MODEL, DecisionOutcome.REPAIRED, DecisionOutcome.REPLAYED)) {
            assertThat(to(outcome, FailurePolicy.STOP)).isEmpty();
        }
        assertThat(to(DecisionOutcome.FALLBACK, FailurePolicy.HOLD)).isEmpty();
    }

    @Test
    void shouldStopAtAFallbackWhenToldTo() {
        assertThat(to(DecisionOutcome.FALLBACK, FailurePolicy.STOP).orElseThrow())
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller 2 at step 9 (model fake-local) did not decide: no JSON");
    }

    @Test
    void shouldSayHowManyFellBackAndHowManyMay() {
        for (int i = 0; i < 6; i++) {
            window.add(true);
        }
        assertThat(to(DecisionOutcome.FALLBACK, FailurePolicy.HOLD).orElseThrow())
                .hasMessage("6 of the last 100 decisions fell back, more than the 5% that --max-fallback-rate allows;"
                        + " the last was seller 2 at step 9 (model fake-local): no JSON");
    }

    @Test
    void shouldStopAtARefusalButNotAtASpentAllowance() {
        assertThat(to(DecisionOutcome.UNDECIDED, FailurePolicy.HOLD).orElseThrow())
                .isInstanceOf(AgentFailureException.class)
                .hasMessage("seller 2 at step 9 (model fake-local): no JSON");
        DecisionRecord refused = decision(DecisionOutcome.UNDECIDED);
        ModelReport spent = new ModelReport(List.of(), "", "", "", true, 0, 0);
        DecisionRecord unpaid = new DecisionRecord(
                9,
                refused.kind(),
                2,
                refused.model(),
                new ModelAnswer(DecisionTestData.AGENT, null, DecisionOutcome.UNDECIDED, "spent", spent),
                0);
        assertThat(Objection.to(unpaid, DecisionRules.DEFAULT, window)).isEmpty();
    }

    private Optional<RuntimeException> to(DecisionOutcome outcome, FailurePolicy policy) {
        return Objection.to(decision(outcome), new DecisionRules(policy, 0.05, Budget.UNLIMITED), window);
    }

    private static DecisionRecord decision(DecisionOutcome outcome) {
        return DecisionTestData.decision(DecisionTestData.price(9, 2), outcome, "no JSON");
    }
}
