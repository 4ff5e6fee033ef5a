package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;

/**
 * What a service was asked for, in a file: a comment with the version, the run's name and the CRC-32C of all that follows,
 * and then the text as it came.
 *
 * @param file the file
 * @param run name of the run
 */
record KeptRequest(Path file, String run) {
    private static final int VERSION = 1;
    private static final String INTRODUCTION = "# Interregnum request, version ";
    private static final Pattern FIRST_LINE =
            Pattern.compile(Pattern.quote(INTRODUCTION) + "(\\d+), of (\\S+), crc32c ([0-9a-f]{8})");

    /** Writes it as a whole or, when that fails, leaves what was there. */
    void write(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] first = (firstLine(content) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, unfinished -> Files.write(unfinished, joined(first, content)));
        } catch (IOException e) {
            throw ExportException.cannotWrite(file, e);
        }
    }

    private String firstLine(byte[] content) {
        return INTRODUCTION + VERSION + ", of " + run + ", crc32c " + checksum(content);
    }

    /** The run's name counts: the request of another run is none of this one. */
    private String checksum(byte[] content) {
        byte[] named = (run + "\n").getBytes(StandardCharsets.UTF_8);
        return JsonChecksum.of(joined(named, content), named.length + content.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    String read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ExportException("cannot read " + file + ": " + e.getMessage(), e);
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        Matcher first = FIRST_LINE.matcher(new String(bytes, 0, end, StandardCharsets.UTF_8));
        require(
                end < bytes.length && first.matches(),
                "not a request that a service kept: its first line does not say so");
        require(
                first.group(1).equals(Integer.toString(VERSION)),
                "it has format version " + first.group(1) + ", this program reads version " + VERSION);
        require(first.group(2).equals(run), "it is of the run " + first.group(2) + ", not of " + run);
        byte[] content = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        require(first.group(3).equals(checksum(content)), "damaged or edited: it does not match its checksum");
        return new String(content, StandardCharsets.UTF_8);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new ExportException(file + ": " + problem);
        }
    }
}
