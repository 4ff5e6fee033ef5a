package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
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
    private static final Pattern FIRST_LINE = Pattern.compile(
            Pattern.quote(INTRODUCTION) + "(\\d+), of (\\S+?)(?:, created (\\S+))?, crc32c ([0-9a-f]{8})");

    /** Writes it as a whole or, when that fails, leaves what was there. */
    void write(String text, Instant created) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] first = (firstLine(content, created.toString()) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, unfinished -> Files.write(unfinished, joined(first, content)));
        } catch (IOException e) {
            throw ExportException.cannotWrite(file, e);
        }
    }

    private String firstLine(byte[] content, String created) {
        return INTRODUCTION + VERSION + ", of " + run + ", created " + created + ", crc32c "
                + checksum(content, created);
    }

    /** The run's name counts: the request of another run is none of this one. So does when it was first asked for. */
    private String checksum(byte[] content, String created) {
        String before = run + "\n" + (created == null ? "" : created + "\n");
        byte[] named = before.getBytes(StandardCharsets.UTF_8);
        return JsonChecksum.of(joined(named, content), named.length + content.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** What it says, and when it was first asked for. */
    Kept read() {
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
        require(
                first.group(4).equals(checksum(content, first.group(3))),
                "damaged or edited: it does not match its checksum");
        return new Kept(
                new String(content, StandardCharsets.UTF_8),
                Optional.ofNullable(first.group(3)).flatMap(KeptRequest::instant));
    }

    /**
     * A request that was kept.
     *
     * @param text a run file
     * @param created when it was first asked for; empty when it was kept before that was written down
     */
    record Kept(String text, Optional<Instant> created) {}

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new ExportException(file + ": " + problem);
        }
    }
}
