package org.interregnum.orchestrator.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignSitesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:8080", "127.0.0.1:8080", "127.3.2.1", "[::1]:8080", "market.local:80"})
    void shouldTakeCallsForThisMachine(String host) {
        assertThat(ForeignSites.objection("market.local", host, null)).isEmpty();
        assertThat(ForeignSites.objection("market.local", host, "http://" + host))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.0.2.7",
                "evil.example:80:80",
                ""
            })
    void shouldRefuseAnyOtherNameForThisMachine(String host) {
        assertThat(ForeignSites.objection("127.0.0.1", host, null)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://evil.example",
        "localhost:8080, null",
        "localhost:8080, http://localhost:3000",
        "localhost:8080, http://localhost:8080.evil.example",
        "localhost:8080, file://"
    })
    void shouldRefuseWhatAnotherSiteMadeABrowserSend(String host, String origin) {
        assertThat(ForeignSites.objection("127.0.0.1", host, origin)).isPresent();
    }

    @Test
    void shouldTakeACallThatNamesNoHostAsNoBrowserDoes() {
        assertThat(ForeignSites.objection("127.0.0.1", null, null)).isEmpty();
        assertThat(ForeignSites.objection("127.0.0.1", null, "http://localhost"))
                .isPresent();
    }
}
