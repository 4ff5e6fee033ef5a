package org.interregnum.agent.tls;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;

/** The certificate and key by which one side says who it is. */
public final class TlsIdentity {
    private TlsIdentity() {}

    /**
     * A key manager that reads the files again every minute, and takes what is new for connections from then on. It
     * goes on with what it has when it cannot.
     *
     * @throws TlsSettingException when a file is missing, or they do not belong together
     */
    public static X509ExtendedKeyManager renewed(Path certificate, Path key) {
        read(certificate, key);
        AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
        try {
            AdvancedTlsX509KeyManager.Closeable unused = keys.updateIdentityCredentials(
                    certificate.toFile(), key.toFile(), TlsRenewal.PERIOD, TlsRenewal.UNIT, TlsRenewal.executor());
        } catch (IOException | GeneralSecurityException e) {
            throw TlsFiles.wrong(TlsFiles.CERTIFICATE, certificate, "cannot be used: " + e.getMessage());
        }
        return keys;
    }

    static void read(Path certificate, Path key) {
        check(TlsFiles.CERTIFICATE, certificate, TlsFiles.KEY, key);
    }

    /**
     * Sees that a certificate and a key can be read and belong together.
     *
     * @param certificateName the variable that names the certificate, for the message
     * @param keyName the variable that names the key
     * @throws TlsSettingException when they do not
     */
    public static void check(String certificateName, Path certificate, String keyName, Path key) {
        X509Certificate[] chain = chain(certificateName, certificate);
        PrivateKey secret;
        try (InputStream in = TlsFiles.open(keyName, key)) {
            secret = CertificateUtils.getPrivateKey(in);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (e instanceof TlsSettingException known) {
                throw known;
            }
            throw TlsFiles.wrong(keyName, key, "has no key; must be a private key in PEM, PKCS #8, without a password");
        }
        if (!belong(secret, chain[0])) {
            throw TlsFiles.wrong(keyName, key, "is not the key of the certificate in " + certificate);
        }
    }

    static X509Certificate[] chain(String variable, Path file) {
        try (InputStream in = TlsFiles.open(variable, file)) {
            X509Certificate[] chain = CertificateUtils.getX509Certificates(in);
            if (chain.length > 0) {
                return chain;
            }
        } catch (IOException | GeneralSecurityException e) {
            // Said below.
        }
        throw TlsFiles.wrong(variable, file, "has no certificate; must be one or more X.509 certificates in PEM");
    }

    /** A signature by the one is one for the other. */
    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
        try {
            byte[] text = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(certificate.getPublicKey());
            checking.update(text);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
