package org.interregnum.standalone.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a stream of server-sent events as the HTML standard defines them, in pieces as they arrive. What a stream ends in
 * the middle of is no event.
 */
final class ServerSentEvents {
    private static final int LARGEST = 1 << 28;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterCarriageReturn;
    private boolean isFirstLine = true;

    private String id = "";
    private String name = "";
    private StringBuilder data;

    /**
     * Takes a piece of the stream.
     *
     * @return the events that are whole with it
     * @throws IOException when it is not UTF-8, or an event is larger than 256 MiB
     */
    List<ServerSentEvent> read(ByteBuffer piece) throws IOException {
        List<ServerSentEvent> events = new ArrayList<>();
        while (piece.hasRemaining()) {
            byte next = piece.get();
            if (next == '\n' && afterCarriageReturn) {
                // The second half of one end of a line.
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                endLine(events);
            } else {
                requireRoom(line.size());
                line.write(next);
            }
        }
        return events;
    }

    private void endLine(List<ServerSentEvent> events) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("a line is not text in UTF-8", e);
        }
        line.reset();
        if (isFirstLine && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        isFirstLine = false;
        if (text.isEmpty()) {
            endEvent(events);
        } else if (!text.startsWith(":")) {
            int colon = text.indexOf(':');
            String value = colon < 0 ? "" : text.substring(colon + 1);
            take(colon < 0 ? text : text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void take(String field, String value) throws IOException {
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                if (data == null) {
                    data = new StringBuilder();
                } else {
                    data.append('\n');
                }
                requireRoom((long) data.length() + value.length());
                data.append(value);
            }
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            // Such as retry: the pauses are ours. Others are ignored, as the standard has it.
            default -> {}
        }
    }

    private void endEvent(List<ServerSentEvent> events) {
        if (data != null) {
            events.add(new ServerSentEvent(id, name.isEmpty() ? "message" : name, data.toString()));
        }
        data = null;
        name = "";
    }

    private static void requireRoom(long size) throws IOException {
        if (size >= LARGEST) {
            throw new IOException("an event is larger than 256 MiB");
        }
    }
}
