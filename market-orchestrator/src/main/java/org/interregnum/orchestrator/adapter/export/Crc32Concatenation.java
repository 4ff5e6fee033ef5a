package org.interregnum.orchestrator.adapter.export;

/**
 * The CRC-32 of two pieces of data one behind the other, from the CRC-32 of each: so a header can be settled after the
 * data behind it have been written. A CRC is a remainder modulo a polynomial over GF(2); appending n bits multiplies by
 * xⁿ, so it takes about log n multiplications.
 */
final class Crc32Concatenation {
    /** The polynomial of CRC-32; as everywhere here, the highest bit stands for x⁰. */
    private static final int POLYNOMIAL = 0xEDB88320;

    private static final int ONE = 0x80000000;
    private static final int X_TO_8 = 0x00800000;

    private Crc32Concatenation() {}

    static int of(int first, int second, long lengthOfSecond) {
        return multiply(xToBytes(lengthOfSecond), first) ^ second;
    }

    private static int xToBytes(long bytes) {
        int power = ONE;
        int square = X_TO_8;
        for (long rest = bytes; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power = multiply(power, square);
            }
            square = multiply(square, square);
        }
        return power;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) != 0 ? POLYNOMIAL : 0);
        }
        return product;
    }
}
