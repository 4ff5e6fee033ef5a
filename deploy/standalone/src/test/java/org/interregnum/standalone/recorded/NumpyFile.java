package org.interregnum.standalone.recorded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** A file of NumPy arrays, such as {@code series.npz}, without its times of writing. */
public final class NumpyFile {
    private NumpyFile() {}

    /** The bytes of all its arrays by name, as text. */
    public static Map<String, String> arrays(byte[] file) throws IOException {
        Map<String, String> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                zip.transferTo(bytes);
                arrays.put(entry.getName(), bytes.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return arrays;
    }

    /** A digest of each of its arrays by name, of a file that is too large to be held. */
    public static Map<String, String> digests(Path file) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (InputStream bytes = new DigestInputStream(zip.getInputStream(entry), digest)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
                digests.put(entry.getName(), HexFormat.of().formatHex(digest.digest()));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        return digests;
    }
}
