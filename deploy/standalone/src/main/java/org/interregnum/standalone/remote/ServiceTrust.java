package org.interregnum.standalone.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.interregnum.orchestrator.request.Given;

/** Whose certificates of services are good. */
public final class ServiceTrust {
    /** Variable that names a file of authorities in PEM, instead of those that Java trusts. */
    public static final String VARIABLE = "INTERREGNUM_HTTP_TRUST";

    private ServiceTrust() {}

    /**
     * Reads the authorities.
     *
     * @return empty where Java's are meant
     * @throws org.interregnum.orchestrator.request.BadInputException when the file has no certificates
     */
    public static Optional<SSLContext> find(Map<String, String> environment) {
        String file = environment.getOrDefault(VARIABLE, "").strip();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry(Integer.toString(authorities.size()), authority);
            }
            if (authorities.size() == 0) {
                throw new GeneralSecurityException("no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return Optional.of(context);
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            throw new Given(VARIABLE, file).isBad("must be a file of certificates in PEM");
        }
    }
}
