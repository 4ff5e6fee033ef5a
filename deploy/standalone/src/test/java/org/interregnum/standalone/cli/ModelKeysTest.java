package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.junit.jupiter.api.Test;

class ModelKeysTest {
    private final ModelKeys keys = new ModelKeys(Map.of("OPENAI_API_KEY", "sk-very-secret"));
    private final ModelAssignment models = new ModelAssignment(
            List.of(
                    seller(0, "", "openai", "http://one.example.org/v1"),
                    seller(1, "", "openai", "http://two.example.org/v1"),
                    seller(2, "", "openai", "http://two.example.org/v1"),
                    seller(3, "", "lab", "http://three.example.org/v1"),
                    seller(4, "localhost:9001", "openai", "http://four.example.org/v1")),
            List.of(),
            false);

    @Test
    void shouldSayWhereEachKeyGoes() {
        assertThat(keys.lines(models))
                .containsExactly(
                        "openai: OPENAI_API_KEY is set and goes to http://one.example.org/v1",
                        "openai: OPENAI_API_KEY is set and goes to http://two.example.org/v1",
                        "lab: LAB_API_KEY is not set",
                        "openai: OPENAI_API_KEY of the agent service at localhost:9001, which sends it to"
                                + " http://four.example.org/v1");
    }

    @Test
    void shouldSayWhichKeysThisProcessSends() {
        assertThat(keys.sent(models))
                .containsExactly(
                        "openai: OPENAI_API_KEY is set and goes to http://one.example.org/v1",
                        "openai: OPENAI_API_KEY is set and goes to http://two.example.org/v1");
    }

    private static SellerRange seller(int number, String agent, String endpoint, String baseUrl) {
        return new SellerRange(
                number,
                number,
                new ModelSettings(
                        agent,
                        endpoint,
                        ModelProvider.OPENAI,
                        baseUrl,
                        "m",
                        null,
                        StructuredOutput.JSON_SCHEMA,
                        "plain",
                        1000,
                        32,
                        ModelSettings.ANY_PACE,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(3),
                        Double.NaN,
                        Double.NaN),
                Information.RESEARCH);
    }
}
