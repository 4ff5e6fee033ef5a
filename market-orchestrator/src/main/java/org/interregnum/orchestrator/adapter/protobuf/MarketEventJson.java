package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;

/** Events in the JSON mapping of their messages, for readers without Protocol Buffers. Every bit of a number is kept. */
public final class MarketEventJson {
    private MarketEventJson() {}

    /** The text of an event's message, on one line, with the names of the contract. */
    public static String encode(MarketEvent event) {
        try {
            return JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .omittingInsignificantWhitespace()
                    .print(EventMessages.toMessage(event));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an event of this program: " + event, e);
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
