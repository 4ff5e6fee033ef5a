package org.interregnum.orchestrator.adapter.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The last field of a JSON object that is kept in a file: CRC-32C of all bytes before the comma that leads to it, in 8
 * hexadecimal digits. Without it a number could become another one unseen.
 */
public final class JsonChecksum {
    /** Name of the field. */
    public static final String FIELD = "crc32c";

    private static final int LONGEST_END = 64;
    private static final Pattern END = Pattern.compile(",\\s*\"" + FIELD + "\"\\s*:\\s*\"([0-9a-f]{8})\"\\s*}\\s*$");

    private JsonChecksum() {}

    /**
     * Writes the field.
     *
     * @param json stands behind the last other field of its outermost object
     * @param before all that it has written, flushed, as bytes of the file
     */
    public static void write(JsonGenerator json, byte[] before) throws IOException {
        json.writeStringField(FIELD, of(before, before.length));
    }

    /**
     * Checks an object.
     *
     * @param text the object in UTF-8, as it is in the file
     * @throws IllegalArgumentException when the field is missing or does not match; the message is the end of a sentence
     */
    public static void require(byte[] text) {
        Matcher end = end(text);
        if (!end.find()) {
            throw new IllegalArgumentException("it does not end with its checksum");
        }
        if (!of(text, from(text) + end.start()).equals(end.group(1))) {
            throw new IllegalArgumentException("it does not match its checksum");
        }
    }

    /** Whether a text ends with the field and the end of its object, whatever the checksum is. */
    public static boolean isAtEnd(byte[] text) {
        return end(text).find();
    }

    private static Matcher end(byte[] text) {
        return END.matcher(new String(Arrays.copyOfRange(text, from(text), text.length), StandardCharsets.ISO_8859_1));
    }

    private static int from(byte[] text) {
        return Math.max(0, text.length - LONGEST_END);
    }

    /** CRC-32C of the first bytes. */
    public static String of(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
