package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.request.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "*.agents.svc:9001, seller.agents.svc:9001, true",
        "*.agents.svc:9001, SELLER.Agents.svc:9001, true",
        "*.agents.svc:9001, a.b.agents.svc:9001, true",
        "*.agents.svc:9001, seller.agents.svc:9002, false",
        "*.agents.svc:9001, seller.agents.svc.evil.org:9001, false",
        "*.agents.svc:9001, agents.svc:9001, false",
        "127.0.0.1:*, 127.0.0.1:80, true",
        "127.0.0.1:*, 127.0.0.10:80, false",
        "127.0.0.1:*, 1270001:80, false",
        "*:9001, anything:9001, true",
        "*:9001, anything:19001, false",
        "[::1]:*, [::1]:9, true",
        "[::1]:*, [::2]:9, false",
    })
    void shouldCompareAddressesAsTheyAreWritten(String pattern, String address, boolean isAllowed) {
        assertThat(AllowedAddresses.of(List.of(pattern), Stream.empty()).allow(AgentAddress.parse(address)))
                .isEqualTo(isAllowed);
    }

    @Test
    void shouldAllowThisMachineAndTheServicesOwnAgentsUnlessSaidOtherwise() {
        AgentAddress own = AgentAddress.parse("seller-agent:9001");
        AllowedAddresses allowed = AllowedAddresses.of(List.of(), Stream.of(own));

        assertThat(allowed.allow(own)).isTrue();
        assertThat(allowed.allow(AgentAddress.parse("localhost:1"))).isTrue();
        assertThat(allowed.allow(AgentAddress.parse("169.254.169.254:80"))).isFalse();
        assertThatThrownBy(() -> allowed.require(AgentAddress.parse("169.254.169.254:80")))
                .isInstanceOf(AgentAddressException.class)
                .hasMessage("the address 169.254.169.254:80 is not among those that INTERREGNUM_AGENT_ADDRESSES allows:"
                        + " localhost:*, 127.0.0.1:*, [::1]:*, seller-agent:9001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1", "host:x", "a b:1", "http://host:1", "host:1:2", "host:*1"})
    void shouldRefuseWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> AllowedAddresses.of(List.of(pattern), Stream.empty()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("interregnum.agent-addresses");
    }
}
