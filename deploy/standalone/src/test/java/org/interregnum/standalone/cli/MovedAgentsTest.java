package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.recording.MovedAgents;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.junit.jupiter.api.Test;

class MovedAgentsTest {
    private static final Given TO = new Given("--seller-target", "elsewhere:9001");

    @Test
    void shouldMoveWhatAServiceAsksAndNothingElse() {
        ModelAssignment models = new ModelAssignment(
                List.of(range(0, "before:9001"), range(5, "")),
                List.of(new BuyerCohort("all", new int[] {1, 2}, model("before:9002"))),
                true);

        ModelAssignment moved = new MovedAgents(Map.of(Setting.SELLER_TARGET, TO)).of(models);

        assertThat(moved.sellers()).extracting(range -> range.model().agent()).containsExactly("elsewhere:9001", "");
        assertThat(moved.sellers()).extracting(SellerRange::first).containsExactly(0, 5);
        assertThat(moved.buyers()).extracting(cohort -> cohort.model().agent()).containsExactly("before:9002");
        assertThat(moved.buyersActEveryStep()).isTrue();
        assertThat(moved.sellers().get(0).model().withAgent("before:9001"))
                .isEqualTo(models.sellers().get(0).model());
    }

    @Test
    void shouldNotPutOneServiceInThePlaceOfTwo() {
        ModelAssignment models =
                new ModelAssignment(List.of(range(0, "one:9001"), range(5, "other:9001")), List.of(), false);

        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> new MovedAgents(Map.of(Setting.SELLER_TARGET, TO)).of(models))
                .withMessageContaining("--seller-target elsewhere:9001: would take the place of several services:"
                        + " one:9001, other:9001");
    }

    private static SellerRange range(int first, String agent) {
        return new SellerRange(first, first + 4, model(agent), Information.RESEARCH);
    }

    private static ModelSettings model(String agent) {
        return new ModelSettings(
                agent,
                "local",
                ModelProvider.OPENAI,
                "http://localhost:8000/v1",
                "any",
                null,
                StructuredOutput.JSON_SCHEMA,
                "plain",
                1000,
                32,
                ModelSettings.ANY_PACE,
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                Double.NaN,
                Double.NaN);
    }
}
