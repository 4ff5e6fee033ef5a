package org.interregnum.orchestrator.adapter.rest;

import java.nio.file.Path;
import java.util.Map;
import org.interregnum.agent.tls.TlsIdentity;
import org.interregnum.agent.tls.TlsSettingException;

/** HTTPS instead of HTTP, where the environment names a certificate and a key; both are read again when they change. */
final class HttpsSettings {
    private static final String CERTIFICATE = "INTERREGNUM_HTTP_CERTIFICATE";
    private static final String KEY = "INTERREGNUM_HTTP_KEY";
    private static final String STORE = "quarkus.tls.key-store.pem.0.";

    private HttpsSettings() {}

    /**
     * Hands the settings to Quarkus, before it starts.
     *
     * @throws TlsSettingException when they cannot be used
     */
    static void apply(Map<String, String> environment) {
        String certificate = environment.getOrDefault(CERTIFICATE, "");
        String key = environment.getOrDefault(KEY, "");
        if (certificate.isBlank() && key.isBlank()) {
            return;
        }
        if (certificate.isBlank() || key.isBlank()) {
            throw new TlsSettingException(CERTIFICATE + " and " + KEY + " must be both set, or none of them");
        }
        TlsIdentity.check(CERTIFICATE, Path.of(certificate), KEY, Path.of(key));
        System.setProperty(STORE + "cert", certificate);
        System.setProperty(STORE + "key", key);
        System.setProperty("quarkus.tls.reload-period", "1m");
        System.setProperty("quarkus.http.insecure-requests", "disabled");
    }
}
