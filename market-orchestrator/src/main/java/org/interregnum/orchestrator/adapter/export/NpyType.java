package org.interregnum.orchestrator.adapter.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Element types of NumPy arrays, little-endian, and the header that a {@code .npy} file of each starts with. */
enum NpyType {
    INT8("|i1", 1),
    INT16("<i2", 2),
    INT32("<i4", 4),
    INT64("<i8", 8),
    FLOAT64("<f8", 8);

    /** Long enough for every header here, and a multiple of 64 as the format wants it. */
    static final int HEADER_SIZE = 128;

    private final String description;
    private final int size;

    NpyType(String description, int size) {
        this.description = description;
        this.size = size;
    }

    /** The smallest type that holds −1 and every seller's number. */
    static NpyType ofChoices(int sellers) {
        if (sellers - 1 <= Byte.MAX_VALUE) {
            return INT8;
        }
        return sellers - 1 <= Short.MAX_VALUE ? INT16 : INT32;
    }

    /** Bytes of an element. */
    int size() {
        return size;
    }

    /**
     * The header, format version 1.0.
     *
     * @param columnMajor whether the first index varies fastest ("Fortran order")
     */
    byte[] header(boolean columnMajor, long... shape) {
        String lengths = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
                .formatted(description, columnMajor ? "True" : "False", shape.length == 1 ? lengths + "," : lengths);
        byte[] header = new byte[HEADER_SIZE];
        Arrays.fill(header, (byte) ' ');
        byte[] magic = "\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(magic, 0, header, 0, magic.length);
        int rest = HEADER_SIZE - magic.length - Short.BYTES;
        header[magic.length] = (byte) rest;
        header[magic.length + 1] = (byte) (rest >>> 8);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, magic.length + Short.BYTES, bytes.length);
        header[HEADER_SIZE - 1] = '\n';
        return header;
    }
}
