package org.interregnum.standalone.recorded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
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
}
