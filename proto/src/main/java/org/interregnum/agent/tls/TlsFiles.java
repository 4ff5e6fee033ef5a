package org.interregnum.agent.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one side of a connection, in PEM.
 *
 * @param certificate this side's certificate, followed by those between it and its authority
 * @param key its private key, in PKCS #8 and without a password; there is both or none
 * @param trust certificates of the authorities by which the other side's must be signed
 */
public record TlsFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> trust) {
    /** Variable of the environment that names the certificate. */
    public static final String CERTIFICATE = "INTERREGNUM_TLS_CERTIFICATE";

    /** Variable of the environment that names the key. */
    public static final String KEY = "INTERREGNUM_TLS_KEY";

    /** Variable of the environment that names the authorities. */
    public static final String TRUST = "INTERREGNUM_TLS_TRUST";

    /**
     * Checks that the files belong together; what is in them, {@link TlsIdentity} and {@link TlsAuthorities} see.
     *
     * @throws TlsSettingException when there is a certificate without a key, or the other way
     */
    public TlsFiles {
        if (certificate.isPresent() != key.isPresent()) {
            throw new TlsSettingException("%s is set without %s; must be both or none"
                    .formatted(
                            certificate.isPresent() ? CERTIFICATE : KEY, certificate.isPresent() ? KEY : CERTIFICATE));
        }
    }

    /** The files that an environment names; a variable that is empty counts as not set. */
    public static TlsFiles of(Map<String, String> environment) {
        return new TlsFiles(path(environment, CERTIFICATE), path(environment, KEY), path(environment, TRUST));
    }

    private static Optional<Path> path(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    /** Whether there is none, and connections are not encrypted. */
    public boolean isEmpty() {
        return certificate.isEmpty() && trust.isEmpty();
    }

    /**
     * Reads all there is, as a side that calls: what it trusts is what makes it speak TLS.
     *
     * @throws TlsSettingException when a file is missing, or is not what it must be
     */
    public void checkAsCaller() {
        if (certificate.isPresent() && trust.isEmpty()) {
            throw new TlsSettingException(CERTIFICATE + " is set without " + TRUST
                    + "; whoever calls agents needs the authorities of their certificates");
        }
        check();
    }

    /**
     * Reads all there is, as a side that is called: it needs a certificate to speak TLS.
     *
     * @throws TlsSettingException when a file is missing, or is not what it must be
     */
    public void checkAsCalled() {
        if (trust.isPresent() && certificate.isEmpty()) {
            throw new TlsSettingException(TRUST + " is set without " + CERTIFICATE + " and " + KEY
                    + "; an agent needs a certificate of its own to ask for those of its callers");
        }
        check();
    }

    private void check() {
        certificate.ifPresent(file -> TlsIdentity.read(file, key.orElseThrow()));
        trust.ifPresent(TlsAuthorities::read);
    }

    static TlsSettingException wrong(String variable, Path file, String rule) {
        return new TlsSettingException("%s '%s' %s".formatted(variable, file, rule));
    }

    /** Opens a file, or says which variable names one that cannot be read. */
    static InputStream open(String variable, Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw wrong(variable, file, "cannot be read; must be a file in PEM");
        }
    }
}
