package org.interregnum.orchestrator.adapter.kafka;

import java.nio.charset.StandardCharsets;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventCodec;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventJson;
import org.interregnum.orchestrator.adapter.protobuf.RunRecordCodec;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;

/** How the values of records are written. A reader takes both, whatever a run was written with. */
public enum ValueFormat {
    /** Protocol Buffers messages: small, quick. */
    PROTOBUF("application/x-protobuf"),
    /** The JSON mapping of the same messages: for readers that have no more than JSON. */
    JSON("application/json");

    private final String contentType;

    ValueFormat(String contentType) {
        this.contentType = contentType;
    }

    /** What the header {@code content-type} says. */
    String contentType() {
        return contentType;
    }

    byte[] encode(MarketEvent event) {
        return switch (this) {
            case PROTOBUF -> MarketEventCodec.encode(event);
            case JSON -> MarketEventJson.encode(event).getBytes(StandardCharsets.UTF_8);
        };
    }

    byte[] encode(RunRecord record) {
        return switch (this) {
            case PROTOBUF -> record.toByteArray();
            case JSON -> RunRecordCodec.toJson(record).getBytes(StandardCharsets.UTF_8);
        };
    }

    /**
     * The event in a value.
     *
     * @throws EventLogException when there is none; the message is the end of a sentence
     */
    MarketEvent decodeEvent(byte[] value) {
        return switch (this) {
            case PROTOBUF -> MarketEventCodec.decode(value);
            case JSON -> MarketEventJson.decode(new String(value, StandardCharsets.UTF_8));
        };
    }

    /**
     * What is known of a run.
     *
     * @throws EventLogException when the value does not say it; the message is the end of a sentence
     */
    RunRecord decodeRun(byte[] value) {
        return switch (this) {
            case PROTOBUF -> RunRecordCodec.decode(value);
            case JSON -> RunRecordCodec.fromJson(new String(value, StandardCharsets.UTF_8));
        };
    }
}
