package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.interregnum.event.v1.Decider;
import org.interregnum.event.v1.MarketEvent;
import org.interregnum.event.v1.StepTaken;

/**
 * A step's message written field by field, without a message object: the generated builders would box and copy the
 * active buyers. What models decided is little beside what they took to decide it, and goes through the builders. A test holds it equal to what the generated code writes.
 */
final class StepTakenEncoding implements MarketEventCodec.Encoded {
    private static final int LENGTH_DELIMITED = 2;

    private final org.interregnum.orchestrator.event.StepTaken step;
    private final Decider priceDecider;
    private final Decider choiceDecider;
    private final byte[] activeGaps;
    private final byte[] changedGaps;
    private final byte[] newChoices;
    /** The fields about single buyers, which come last; null when there are none. */
    private final StepTaken modelBuyers;

    private final int stepSize;

    StepTakenEncoding(org.interregnum.orchestrator.event.StepTaken step) {
        this.step = step;
        priceDecider = step.priceDecider() == null ? null : EventMessages.toMessage(step.priceDecider());
        choiceDecider = step.choiceDecider() == null ? null : EventMessages.toMessage(step.choiceDecider());
        activeGaps = PackedIntegers.gaps(step.activeBuyers());
        changedGaps = PackedIntegers.gaps(step.changedBuyers());
        newChoices = PackedIntegers.signed(step.newChoices());
        modelBuyers = ModelBuyerMessages.isEmpty(step) ? null : modelBuyers(step);
        stepSize = stepSize();
    }

    @Override
    public int size() {
        return CodedOutputStream.computeTagSize(MarketEvent.STEP_TAKEN_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(stepSize)
                + stepSize;
    }

    @Override
    public void writeTo(byte[] bytes, int offset) {
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, offset, size());
        try {
            writeLengthDelimited(MarketEvent.STEP_TAKEN_FIELD_NUMBER, stepSize, out);
            writeStep(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StepTaken modelBuyers(org.interregnum.orchestrator.event.StepTaken step) {
        StepTaken.Builder message = StepTaken.newBuilder();
        ModelBuyerMessages.addTo(message, step);
        return message.build();
    }

    private int stepSize() {
        int size = 0;
        if (step.step() != 0) {
            size += CodedOutputStream.computeInt64Size(StepTaken.STEP_FIELD_NUMBER, step.step());
        }
        if (step.seller() != 0) {
            size += CodedOutputStream.computeInt32Size(StepTaken.SELLER_FIELD_NUMBER, step.seller());
        }
        if (isWritten(step.oldPrice())) {
            size += CodedOutputStream.computeDoubleSize(StepTaken.OLD_PRICE_FIELD_NUMBER, step.oldPrice());
        }
        if (isWritten(step.newPrice())) {
            size += CodedOutputStream.computeDoubleSize(StepTaken.NEW_PRICE_FIELD_NUMBER, step.newPrice());
        }
        size += packedSize(StepTaken.ACTIVE_BUYER_GAPS_FIELD_NUMBER, activeGaps.length);
        size += packedSize(StepTaken.CHANGED_BUYER_GAPS_FIELD_NUMBER, changedGaps.length);
        size += packedSize(StepTaken.NEW_CHOICES_FIELD_NUMBER, newChoices.length);
        size += packedSize(StepTaken.PRICES_FIELD_NUMBER, Double.BYTES * step.prices().length);
        size += packedSize(StepTaken.SHARES_FIELD_NUMBER, Double.BYTES * step.shares().length);
        if (priceDecider != null) {
            size += CodedOutputStream.computeMessageSize(StepTaken.PRICE_DECIDER_FIELD_NUMBER, priceDecider);
        }
        if (choiceDecider != null) {
            size += CodedOutputStream.computeMessageSize(StepTaken.CHOICE_DECIDER_FIELD_NUMBER, choiceDecider);
        }
        if (modelBuyers != null) {
            size += modelBuyers.getSerializedSize();
        }
        return size;
    }

    private void writeStep(CodedOutputStream out) throws IOException {
        if (step.step() != 0) {
            out.writeInt64(StepTaken.STEP_FIELD_NUMBER, step.step());
        }
        if (step.seller() != 0) {
            out.writeInt32(StepTaken.SELLER_FIELD_NUMBER, step.seller());
        }
        if (isWritten(step.oldPrice())) {
            out.writeDouble(StepTaken.OLD_PRICE_FIELD_NUMBER, step.oldPrice());
        }
        if (isWritten(step.newPrice())) {
            out.writeDouble(StepTaken.NEW_PRICE_FIELD_NUMBER, step.newPrice());
        }
        writePacked(StepTaken.ACTIVE_BUYER_GAPS_FIELD_NUMBER, activeGaps, out);
        writePacked(StepTaken.CHANGED_BUYER_GAPS_FIELD_NUMBER, changedGaps, out);
        writePacked(StepTaken.NEW_CHOICES_FIELD_NUMBER, newChoices, out);
        writeDoubles(StepTaken.PRICES_FIELD_NUMBER, step.prices(), out);
        writeDoubles(StepTaken.SHARES_FIELD_NUMBER, step.shares(), out);
        if (priceDecider != null) {
            out.writeMessage(StepTaken.PRICE_DECIDER_FIELD_NUMBER, priceDecider);
        }
        if (choiceDecider != null) {
            out.writeMessage(StepTaken.CHOICE_DECIDER_FIELD_NUMBER, choiceDecider);
        }
        if (modelBuyers != null) {
            modelBuyers.writeTo(out);
        }
    }

    /** Proto 3 leaves out a zero, but not a negative one. */
    private static boolean isWritten(double value) {
        return Double.doubleToRawLongBits(value) != 0;
    }

    private static int packedSize(int field, int contentSize) {
        return contentSize == 0
                ? 0
                : CodedOutputStream.computeTagSize(field)
                        + CodedOutputStream.computeUInt32SizeNoTag(contentSize)
                        + contentSize;
    }

    private static void writePacked(int field, byte[] content, CodedOutputStream out) throws IOException {
        if (content.length > 0) {
            writeLengthDelimited(field, content.length, out);
            out.writeRawBytes(content);
        }
    }

    private static void writeDoubles(int field, double[] values, CodedOutputStream out) throws IOException {
        if (values.length > 0) {
            writeLengthDelimited(field, Double.BYTES * values.length, out);
            for (double value : values) {
                out.writeDoubleNoTag(value);
            }
        }
    }

    private static void writeLengthDelimited(int field, int size, CodedOutputStream out) throws IOException {
        out.writeTag(field, LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
    }
}
