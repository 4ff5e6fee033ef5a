package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * Events as JSON: the JSON mapping of {@code interregnum.event.v1.MarketEvent}, under the names that the fields have in
 * the {@code .proto} file, those with their default value included. Numbers of 64 bits are texts, as the mapping has it.
 */
public final class MarketEventJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .omittingInsignificantWhitespace()
            .preservingProtoFieldNames()
            .includingDefaultValueFields();

    private MarketEventJson() {}

    /** An event in one line, without its end. */
    public static String of(MarketEvent event) {
        try {
            return PRINTER.print(EventMessages.toMessage(event));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("only a message of type Any cannot be printed, and there is none", e);
        }
    }
}
