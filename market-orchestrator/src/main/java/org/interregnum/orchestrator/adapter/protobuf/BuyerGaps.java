package org.interregnum.orchestrator.adapter.protobuf;

import com.google.protobuf.Internal.IntList;
import java.util.ArrayList;
import java.util.List;

/** Ascending buyer numbers as distances, each from the one before: most fit one byte on the wire. */
final class BuyerGaps {
    private BuyerGaps() {}

    /** The gaps between ascending buyers, for generated builders; a step's own go through {@link PackedIntegers}. */
    static List<Integer> toGaps(int[] buyers) {
        List<Integer> gaps = new ArrayList<>(buyers.length);
        int before = 0;
        for (int buyer : buyers) {
            gaps.add(buyer - before);
            before = buyer;
        }
        return gaps;
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
