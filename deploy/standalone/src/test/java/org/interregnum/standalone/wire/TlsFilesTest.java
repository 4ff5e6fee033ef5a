package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.interregnum.agent.tls.TlsFiles;
import org.interregnum.agent.tls.TlsSettingException;
import org.interregnum.standalone.wire.TestAuthority.TestIdentity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestIdentity one;
    private static TestIdentity other;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = TestAuthority.create(folder, "authority");
        one = authority.issue("one");
        other = authority.issue("other");
    }

    private static TlsFiles files(Object certificate, Object key, Object trust) {
        Map<String, String> environment = new HashMap<>();
        environment.put(TlsFiles.CERTIFICATE, certificate.toString());
        environment.put(TlsFiles.KEY, key.toString());
        environment.put(TlsFiles.TRUST, trust.toString());
        return TlsFiles.of(environment);
    }

    @Test
    void shouldTakeWhatBelongsTogether() {
        TlsFiles files = files(one.certificate(), one.key(), authority.certificate());
        assertThatCode(files::checkAsCaller).doesNotThrowAnyException();
        assertThatCode(files::checkAsCalled).doesNotThrowAnyException();
    }

    @Test
    void shouldTakeNothingForNoTls() {
        assertThat(TlsFiles.of(Map.of()).isEmpty()).isTrue();
        assertThat(files("", " ", "").isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseACertificateWithoutAKey() {
        assertThatThrownBy(() -> files(one.certificate(), "", ""))
                .isInstanceOf(TlsSettingException.class)
                .hasMessage("INTERREGNUM_TLS_CERTIFICATE is set without INTERREGNUM_TLS_KEY; must be both or none");
    }

    @Test
    void shouldRefuseTheKeyOfAnother() {
        assertThatThrownBy(() -> files(one.certificate(), other.key(), "").checkAsCalled())
                .hasMessage("INTERREGNUM_TLS_KEY '" + other.key() + "' is not the key of the certificate in "
                        + one.certificate());
    }

    @Test
    void shouldRefuseAFileThatIsMissing() {
        assertThatThrownBy(
                        () -> files(folder.resolve("none.pem"), one.key(), "").checkAsCalled())
                .hasMessage("INTERREGNUM_TLS_CERTIFICATE '" + folder.resolve("none.pem")
                        + "' cannot be read; must be a file in PEM");
        assertThatThrownBy(() -> files("", "", folder.resolve("none.pem")).checkAsCaller())
                .hasMessage("INTERREGNUM_TLS_TRUST '" + folder.resolve("none.pem")
                        + "' cannot be read; must be a file in PEM");
    }

    @Test
    void shouldRefuseAFileThatIsSomethingElse() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "Dear Sir or Madam,\n");
        assertThatThrownBy(() -> files(text, one.key(), "").checkAsCalled())
                .hasMessage("INTERREGNUM_TLS_CERTIFICATE '" + text
                        + "' has no certificate; must be one or more X.509 certificates in PEM");
        assertThatThrownBy(() -> files(one.certificate(), text, "").checkAsCalled())
                .hasMessage("INTERREGNUM_TLS_KEY '" + text
                        + "' has no key; must be a private key in PEM, PKCS #8, without a password");
        assertThatThrownBy(() -> files("", "", text).checkAsCaller())
                .hasMessage("INTERREGNUM_TLS_TRUST '" + text
                        + "' has no certificate; must be one or more X.509 certificates in PEM");
    }

    @Test
    void shouldRefuseACallerThatTrustsNobody() {
        assertThatThrownBy(() -> files(one.certificate(), one.key(), "").checkAsCaller())
                .hasMessageStartingWith("INTERREGNUM_TLS_CERTIFICATE is set without INTERREGNUM_TLS_TRUST");
    }

    @Test
    void shouldRefuseAnAgentThatAsksForCertificatesAndHasNone() {
        assertThatThrownBy(() -> files("", "", authority.certificate()).checkAsCalled())
                .hasMessageStartingWith("INTERREGNUM_TLS_TRUST is set without INTERREGNUM_TLS_CERTIFICATE");
    }
}
