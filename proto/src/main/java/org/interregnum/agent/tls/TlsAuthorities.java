package org.interregnum.agent.tls;

import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.X509ExtendedTrustManager;

/** The authorities whose signature makes one side believe the other's certificate. */
public final class TlsAuthorities {
    private TlsAuthorities() {}

    /**
     * A trust manager that reads the file again every minute, for connections from then on. Of whoever is called it
     * wants a certificate for the name by which it is called.
     *
     * @throws TlsSettingException when the file is missing, or has no certificate
     */
    public static X509ExtendedTrustManager renewed(Path file) {
        read(file);
        try {
            AdvancedTlsX509TrustManager trust =
                    AdvancedTlsX509TrustManager.newBuilder().build();
            AdvancedTlsX509TrustManager.Closeable unused = trust.updateTrustCredentials(
                    file.toFile(), TlsRenewal.PERIOD, TlsRenewal.UNIT, TlsRenewal.executor());
            return trust;
        } catch (IOException | GeneralSecurityException e) {
            throw TlsFiles.wrong(TlsFiles.TRUST, file, "cannot be used: " + e.getMessage());
        }
    }

    static void read(Path file) {
        TlsIdentity.chain(TlsFiles.TRUST, file);
    }
}
