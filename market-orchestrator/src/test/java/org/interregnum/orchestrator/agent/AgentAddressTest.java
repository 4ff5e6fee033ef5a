package org.interregnum.orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentAddressTest {
    @Test
    void shouldReadNamesAndNumbers() {
        assertThat(AgentAddress.parse("localhost:9001")).isEqualTo(new AgentAddress("localhost", 9001));
        assertThat(AgentAddress.parse("10.0.0.7:1")).isEqualTo(new AgentAddress("10.0.0.7", 1));
        assertThat(AgentAddress.parse("[::1]:65535")).isEqualTo(new AgentAddress("::1", 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9001", "10.0.0.7:1", "[::1]:65535"})
    void shouldReadWhatItWrites(String text) {
        assertThat(AgentAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "localhost",
                "localhost:",
                ":9001",
                "localhost:0",
                "localhost:65536",
                "localhost:-1",
                "localhost:9001x",
                "localhost:999999999999",
                "::1:9001",
                "[localhost]:9001",
                "[]:9001",
                "a b:9001",
                "http://localhost:9001",
                "localhost:９００１"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> AgentAddress.parse(text))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("must be HOST:PORT with a port from 1 to 65535");
    }
}
