package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * Events as JSON: the JSON mapping of {@code interregnum.event.v1.MarketEvent}, under the names that the fields have in
 * the {@code .proto} file, those with their default value included. Numbers of 64 bits are texts, as the mapping has it,
 * and every bit of a number is kept.
 */
public final class MarketEventJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .omittingInsignificantWhitespace()
            .preservingProtoFieldNames()
            .includingDefaultValueFields();

    private MarketEventJson() {}

    /** An event in one line, without its end. */
    public static String encode(MarketEvent event) {
        try {
            return PRINTER.print(EventMessages.toMessage(event));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("only a message of type Any cannot be printed, and there is none", e);
        }
    }

    /**
     * The event in a text.
     *
     * @throws EventLogException when the text is no event, or not one that can happen; the message is the end of a
     *     sentence and does not name the log
     */
    public static MarketEvent decode(String json) {
        var message = org.interregnum.event.v1.MarketEvent.newBuilder();
        try {
            JsonFormat.parser().merge(json, message);
            return EventMessages.toEvent(message.build());
        } catch (InvalidProtocolBufferException e) {
            throw new EventLogException("the record holds no event", e);
        } catch (IllegalArgumentException e) {
            throw new EventLogException("the record holds an impossible event: " + e.getMessage(), e);
        }
    }
}
