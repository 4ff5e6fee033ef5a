package org.interregnum.agent.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.interregnum.agent.UnmetRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermittedUrlsTest {
    private final PermittedUrls urls =
            new PermittedUrls(List.of("https://models.example.org/tenant/v1/", " http://gpu:8000"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com",
                "https://api.openai.com/",
                "https://api.openai.com/v1",
                "https://api.openai.com:443/v1",
                "HTTPS://API.OpenAI.com/v1",
                "https://api.anthropic.com/v1/",
                "http://localhost:11434",
                "http://LOCALHOST/v1",
                "https://localhost:8443/v1",
                "http://127.0.0.1:8000/v1",
                "http://127.255.0.9",
                "http://[::1]:8000/v1",
                "https://models.example.org/tenant/v1",
                "https://models.example.org/tenant/v1/deep",
                "http://gpu:8000/v1"
            })
    void shouldPermit(String url) {
        assertThatCode(() -> urls.require(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com.evil.org",
                "https://api.openai.com@evil.org/v1",
                "https://api.openai.com:443@evil.org/v1",
                "https://user:secret@api.openai.com/v1",
                "https://evil.org/https://api.openai.com",
                "https://evil.org#https://api.openai.com",
                "https://evil.org?https://api.openai.com",
                "https://evil.org\\@api.openai.com",
                "https://api.openai.com\\.evil.org",
                "https://api.openai.com:8443/v1",
                "http://api.openai.com/v1",
                "https://api.openai.com/v1?to=evil.org",
                "https://xapi.openai.com",
                "//api.openai.com",
                "api.openai.com/v1",
                "ftp://localhost",
                "file:///etc/passwd",
                "http://localhost.evil.org",
                "http://localhost@evil.org",
                "http://127.0.0.1.evil.org",
                "http://127.0.0.1@evil.org",
                "http://127.0.0.256",
                "http://127.1",
                "http://128.0.0.1",
                "http://[::2]",
                "http://[::ffff:10.0.0.1]",
                "http://0.0.0.0",
                "https://models.example.org/tenant/v12",
                "https://models.example.org/tenant",
                "https://models.example.org/tenant/v1/../../other",
                "https://models.example.org/tenant/v1/%2e%2e/other",
                "https://models.example.org/tenant/v1/./x",
                "https://models.example.org//tenant/v1",
                "http://gpu:8001",
                "http://127.0.0.1:99999/v1",
                "http://127.0.0.1:0/v1",
                "http://gpu",
                "https://gpu:8000",
                "http:///v1",
                "http://",
                " https://api.openai.com",
                "https://api.openai.com\n.evil.org"
            })
    void shouldRefuse(String url) {
        assertThatThrownBy(() -> urls.require(url))
                .isInstanceOf(UnmetRequestException.class)
                .message()
                .contains("interregnum.endpoint-urls")
                .doesNotContain("secret")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "models.example.org", "https://me@models.example.org", "https://a.org/?x", "https://a_b"})
    void shouldSayWhichSettingIsNoAddress(String url) {
        assertThatThrownBy(() -> new PermittedUrls(List.of(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("interregnum.endpoint-urls has '" + url + "'; it must list http or https addresses");
    }

    @Test
    void shouldPermitNothingElseByDefault() {
        assertThatThrownBy(() -> new PermittedUrls(List.of()).require("https://models.example.org"))
                .hasMessage("this agent may not ask at the model.base_url 'https://models.example.org'; its setting"
                        + " interregnum.endpoint-urls adds addresses");
    }
}
