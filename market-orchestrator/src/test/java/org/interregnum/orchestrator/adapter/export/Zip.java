package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads an archive with the JDK's own reader, checking what that does not. */
final class Zip {
    private Zip() {}

    /** Contents by entry name, each with the checksum that the archive's directory states. */
    static Map<String, byte[]> read(Path path) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                CRC32 checksum = new CRC32();
                checksum.update(bytes);
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getSize()).isEqualTo(bytes.length);
                assertThat(entry.getCrc()).isEqualTo(checksum.getValue());
                contents.put(entry.getName(), bytes);
            }
        }
        return contents;
    }

    /** The text of a {@code .npy} file's header. */
    static String header(byte[] npy) {
        return new String(npy, 10, 118, StandardCharsets.US_ASCII).strip();
    }

    /** The elements of a {@code .npy} file. */
    static ByteBuffer elements(byte[] npy) {
        return ByteBuffer.wrap(npy, 128, npy.length - 128).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
