package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Internal.IntList;
import java.io.IOException;
import java.util.List;

/** Ascending buyer numbers as distances, each from the one before: most fit one byte on the wire. */
final class BuyerGaps {
    private BuyerGaps() {}

    /** Bytes of the packed field's content. */
    static int size(int[] buyers) {
        int size = buyers.length;
        int before = 0;
        for (int buyer : buyers) {
            int gap = buyer - before;
            before = buyer;
            // One byte holds 7 bits, and nearly every gap is below 128: the loop body then has no branch taken.
            if (gap >>> 7 != 0) {
                size += CodedOutputStream.computeUInt32SizeNoTag(gap) - 1;
            }
        }
        return size;
    }

    /** Writes the packed field's content. */
    static void write(int[] buyers, CodedOutputStream out) throws IOException {
        int before = 0;
        for (int buyer : buyers) {
            out.writeUInt32NoTag(buyer - before);
            before = buyer;
        }
    }

    /** The buyers that gaps read from a message stand for. */
    static int[] toBuyers(List<Integer> gaps) {
        int[] buyers = new int[gaps.size()];
        long buyer = 0;
        for (int index = 0; index < buyers.length; index++) {
            buyer += Integer.toUnsignedLong(intAt(gaps, index));
            if (buyer > Integer.MAX_VALUE || (index > 0 && buyer == buyers[index - 1])) {
                throw new IllegalArgumentException("its buyers are not ascending");
            }
            buyers[index] = (int) buyer;
        }
        return buyers;
    }

    /** Reads without boxing from the lists that generated messages hold. */
    static int intAt(List<Integer> values, int index) {
        return values instanceof IntList list ? list.getInt(index) : values.get(index);
    }
}
