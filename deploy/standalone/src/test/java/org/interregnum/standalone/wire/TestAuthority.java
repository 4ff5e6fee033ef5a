package org.interregnum.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority that signs certificates for a test, by the JDK's own tool. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final String name;

    private TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    static TestAuthority create(Path folder, String name) throws Exception {
        TestAuthority authority = new TestAuthority(folder, name);
        keytool(
                authority.store(name),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-validity",
                "30");
        write(
                authority.certificate(),
                "CERTIFICATE",
                authority.load(name).getCertificate(name).getEncoded());
        return authority;
    }

    /** The authority's own certificate, in PEM. */
    Path certificate() {
        return folder.resolve(name + ".pem");
    }

    /** Makes a key and a certificate for this machine's names. */
    TestIdentity issue(String whom) throws Exception {
        Path store = store(whom);
        Path request = folder.resolve(whom + ".csr");
        Path signed = folder.resolve(whom + ".crt");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                whom,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + whom,
                "-validity",
                "30");
        keytool(store, "-certreq", "-alias", whom, "-file", request.toString());
        keytool(
                store(name),
                "-gencert",
                "-alias",
                name,
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30");
        Path key = folder.resolve(whom + ".key");
        write(
                key,
                "PRIVATE KEY",
                load(whom).getKey(whom, PASSWORD.toCharArray()).getEncoded());
        return new TestIdentity(signed, key);
    }

    private Path store(String whom) {
        return folder.resolve(whom + ".p12");
    }

    private KeyStore load(String whom) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(whom))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void write(Path file, String kind, byte[] content) throws Exception {
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** A certificate and its key, in PEM. */
    record TestIdentity(Path certificate, Path key) {}
}
