package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.Optional;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;

/** What a log that holds many runs knows of one, as {@code interregnum.event.v1.RunRecord}. */
public final class RunRecordCodec {
    private RunRecordCodec() {}

    /** A record without a beginning or an end, to which those are added. */
    public static RunRecord.Builder of(RunStarted started, Optional<RunEnded> ended) {
        RunRecord.Builder record = RunRecord.newBuilder()
                .setStarted(EventMessages.toMessage(started).getRunStarted());
        ended.ifPresent(end -> record.setEnded(EventMessages.toMessage(end).getRunEnded()));
        return record;
    }

    /** The record in its JSON mapping, on one line. */
    public static String toJson(RunRecord record) {
        try {
            return JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .omittingInsignificantWhitespace()
                    .print(record);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a record of this program", e);
        }
    }

    /**
     * The record in a text.
     *
     * @throws EventLogException when there is none; the message is the end of a sentence
     */
    public static RunRecord fromJson(String json) {
        RunRecord.Builder record = RunRecord.newBuilder();
        try {
            JsonFormat.parser().merge(json, record);
            return record.build();
        } catch (InvalidProtocolBufferException e) {
            throw new EventLogException("it holds no run", e);
        }
    }

    /**
     * The record in a message's bytes.
     *
     * @throws EventLogException when there is none; the message is the end of a sentence
     */
    public static RunRecord decode(byte[] bytes) {
        try {
            return RunRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new EventLogException("it holds no run", e);
        }
    }

    /**
     * The first event of the run.
     *
     * @throws EventLogException when it is impossible; the message is the end of a sentence
     */
    public static RunStarted started(RunRecord record) {
        try {
            return (RunStarted) EventMessages.toEvent(org.interregnum.event.v1.MarketEvent.newBuilder()
                    .setRunStarted(record.getStarted())
                    .build());
        } catch (IllegalArgumentException e) {
            throw new EventLogException("it holds an impossible run: " + e.getMessage(), e);
        }
    }

    /** Its last event. */
    public static Optional<RunEnded> ended(RunRecord record) {
        if (!record.hasEnded()) {
            return Optional.empty();
        }
        try {
            return Optional.of((RunEnded) EventMessages.toEvent(org.interregnum.event.v1.MarketEvent.newBuilder()
                    .setRunEnded(record.getEnded())
                    .build()));
        } catch (IllegalArgumentException e) {
            throw new EventLogException("it holds an impossible end: " + e.getMessage(), e);
        }
    }
}
