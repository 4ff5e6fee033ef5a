package org.interregnum.orchestrator.adapter.protobuf;

/**
 * Contents of packed fields, as protobuf writes varints. These loops run over every active buyer of every step; written
 * into an array directly they are small, and compiled soon after a run has started.
 */
final class PackedIntegers {
    private static final int LONGEST = 5;

    private PackedIntegers() {}

    /** Ascending numbers as distances, each from the one before, in a field of type uint32. */
    static byte[] gaps(int[] ascending) {
        byte[] bytes = new byte[size(ascending)];
        int position = 0;
        int before = 0;
        for (int number : ascending) {
            position = write(number - before, bytes, position);
            before = number;
        }
        return bytes;
    }

    private static int size(int[] ascending) {
        int size = ascending.length;
        int before = 0;
        for (int number : ascending) {
            int gap = number - before;
            before = number;
            // One byte holds 7 bits, and nearly every gap is below 128.
            if (gap >>> 7 != 0) {
                size += size(gap) - 1;
            }
        }
        return size;
    }

    /** Numbers in a field of type sint32. */
    static byte[] signed(int[] numbers) {
        int size = 0;
        for (int number : numbers) {
            size += size(zigZag(number));
        }
        byte[] bytes = new byte[size];
        int position = 0;
        for (int number : numbers) {
            position = write(zigZag(number), bytes, position);
        }
        return bytes;
    }

    private static int zigZag(int number) {
        return (number << 1) ^ (number >> 31);
    }

    private static int size(int unsigned) {
        for (int size = 1; size < LONGEST; size++) {
            if (unsigned >>> (7 * size) == 0) {
                return size;
            }
        }
        return LONGEST;
    }

    private static int write(int unsigned, byte[] bytes, int from) {
        int position = from;
        int rest = unsigned;
        while (rest >>> 7 != 0) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
        return position;
    }
}
