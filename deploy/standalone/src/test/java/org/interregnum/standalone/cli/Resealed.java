package org.interregnum.standalone.cli;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** What somebody wrote who knows how the checksums of JSON objects are made: other content, and a checksum that fits. */
final class Resealed {
    private static final Pattern END = Pattern.compile("(,\\s*\"crc32c\":\\s*\")[0-9a-f]{8}(\"\\s*}\\s*)$");

    private Resealed() {}

    /** The object with the checksum that it should have. */
    static String of(String json) {
        Matcher end = END.matcher(json);
        if (!end.find()) {
            throw new IllegalArgumentException("no checksum at the end of " + json);
        }
        String before = json.substring(0, end.start());
        CRC32C checksum = new CRC32C();
        checksum.update(before.getBytes(StandardCharsets.UTF_8));
        return before + end.group(1) + "%08x".formatted(checksum.getValue()) + end.group(2);
    }
}
