package org.interregnum.agent;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads and writes a {@link PackedRequest} in protobuf's encoding, the long field in one piece. */
final class PackedRequestMarshaller<H extends MessageLite> implements MethodDescriptor.Marshaller<PackedRequest<H>> {
    private static final double[] NONE = {};

    private final Parser<H> parser;
    private final int field;
    private final int packedTag;
    private final int singleTag;

    PackedRequestMarshaller(Parser<H> parser, int field) {
        this.parser = parser;
        this.field = field;
        this.packedTag = field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        this.singleTag = field << 3 | WireFormat.WIRETYPE_FIXED64;
    }

    @Override
    public InputStream stream(PackedRequest<H> request) {
        try {
            return new WholeMessage(encode(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] encode(PackedRequest<H> request) throws IOException {
        int headSize = request.head().getSerializedSize();
        double[] values = request.values();
        if (values.length == 0) {
            return request.head().toByteArray();
        }
        int size = Math.multiplyExact(values.length, Double.BYTES);
        byte[] message = new byte
                [headSize
                        + CodedOutputStream.computeTagSize(field)
                        + CodedOutputStream.computeUInt32SizeNoTag(size)
                        + size];
        CodedOutputStream output = CodedOutputStream.newInstance(message);
        request.head().writeTo(output);
        // Fields may come in any order, so the long one follows the others.
        output.writeUInt32NoTag(packedTag);
        output.writeUInt32NoTag(size);
        ByteBuffer.wrap(message, message.length - size, size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .put(values);
        return message;
    }

    @Override
    public PackedRequest<H> parse(InputStream stream) {
        try {
            return decode(stream.readAllBytes());
        } catch (IOException e) {
            return new PackedRequest<>(null, NONE);
        }
    }

    private PackedRequest<H> decode(byte[] message) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(message);
        GrowingDoubles values = new GrowingDoubles();
        int headSize = 0;
        while (!input.isAtEnd()) {
            int start = input.getTotalBytesRead();
            int tag = input.readTag();
            if (tag == packedTag) {
                int size = input.readRawVarint32();
                int from = input.getTotalBytesRead();
                input.skipRawBytes(size);
                values.append(message, from, size);
            } else if (tag == singleTag) {
                int from = input.getTotalBytesRead();
                input.skipRawBytes(Double.BYTES);
                values.append(message, from, Double.BYTES);
            } else {
                input.skipField(tag);
                int size = input.getTotalBytesRead() - start;
                // The head moves together where the message was; what is overwritten has been read.
                System.arraycopy(message, start, message, headSize, size);
                headSize += size;
            }
        }
        return new PackedRequest<>(parser.parseFrom(message, 0, headSize), values.toArray());
    }

    /** The long field as it arrives: as a rule in one piece, but anybody may send it one double at a time. */
    private static final class GrowingDoubles {
        private double[] values = NONE;
        private int count;

        void append(byte[] message, int from, int size) throws IOException {
            if (size % Double.BYTES != 0) {
                throw new IOException("a packed field of " + size + " bytes");
            }
            int added = size / Double.BYTES;
            if (added > values.length - count) {
                // A first piece fits exactly; room doubles after that, so that small pieces do not copy all each time.
                values = Arrays.copyOf(values, Math.max(count + added, 2 * values.length));
            }
            ByteBuffer.wrap(message, from, size)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(values, count, added);
            count += added;
        }

        double[] toArray() {
            return count == values.length ? values : Arrays.copyOf(values, count);
        }
    }

    /** Tells its length beforehand and hands itself over in one piece. */
    private static final class WholeMessage extends ByteArrayInputStream implements Drainable, KnownLength {
        WholeMessage(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
