package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.StepTaken;

/**
 * Turns events into {@code interregnum.event.v1.MarketEvent} messages and back. A step, the one event that a run has
 * thousands of, is written to the wire directly; the others go through the generated builders.
 */
public final class MarketEventCodec {
    private MarketEventCodec() {}

    /** The bytes of an event's message. */
    public static byte[] encode(MarketEvent event) {
        Encoded encoded = prepare(event);
        byte[] bytes = new byte[encoded.size()];
        encoded.writeTo(bytes, 0);
        return bytes;
    }

    /** Measures an event, so that the caller can make room for it before it is written. */
    public static Encoded prepare(MarketEvent event) {
        if (event instanceof StepTaken step) {
            return new StepTakenEncoding(step);
        }
        var message = EventMessages.toMessage(event);
        int size = message.getSerializedSize();
        return new Encoded() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void writeTo(byte[] bytes, int offset) {
                try {
                    message.writeTo(CodedOutputStream.newInstance(bytes, offset, size));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** The message of an event, for those that need the message rather than its bytes. */
    public static org.interregnum.event.v1.MarketEvent toMessage(MarketEvent event) {
        return EventMessages.toMessage(event);
    }

    /**
     * The event in a message's bytes.
     *
     * @throws EventLogException when the bytes are no event, or not one that can happen; the message is the end of a
     *     sentence and does not name the log
     */
    public static MarketEvent decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The event in a part of an array.
     *
     * @throws EventLogException as {@link #decode(byte[])}
     */
    public static MarketEvent decode(byte[] bytes, int offset, int length) {
        try {
            return EventMessages.toEvent(org.interregnum.event.v1.MarketEvent.parser()
                    .parseFrom(CodedInputStream.newInstance(bytes, offset, length)));
        } catch (InvalidProtocolBufferException e) {
            throw new EventLogException("the record holds no event", e);
        } catch (IllegalArgumentException e) {
            throw new EventLogException("the record holds an impossible event: " + e.getMessage(), e);
        }
    }

    /** An event whose size is known, to be written once or more. */
    public interface Encoded {
        /** Number of bytes. */
        int size();

        /** Writes exactly {@link #size()} bytes from {@code offset} on. */
        void writeTo(byte[] bytes, int offset);
    }
}
