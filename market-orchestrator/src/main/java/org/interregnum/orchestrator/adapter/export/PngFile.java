package org.interregnum.orchestrator.adapter.export;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes an RGB image as PNG. The JDK's own writer takes several times as long, most of it to find itself. */
final class PngFile {
    private static final byte[] SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int DOTS_PER_METRE = (int) Math.round(96 * ImageCanvas.SCALE / 0.0254);
    private static final int COMPRESSION = 3;

    private PngFile() {}

    static void write(BufferedImage image, OutputStream target) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(target));
        out.write(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(image.getWidth()).putInt(image.getHeight());
        // 8 bits a sample, RGB, and the only compression, filtering and order of rows there is.
        writeChunk(out, "IHDR", header.put((byte) 8).put((byte) 2).array());
        writeChunk(
                out,
                "pHYs",
                ByteBuffer.allocate(9)
                        .putInt(DOTS_PER_METRE)
                        .putInt(DOTS_PER_METRE)
                        .put((byte) 1)
                        .array());
        writeChunk(out, "IDAT", compressed(image));
        writeChunk(out, "IEND", new byte[0]);
        out.flush();
    }

    private static byte[] compressed(BufferedImage image) throws IOException {
        int width = image.getWidth();
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        Deflater deflater = new Deflater(COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 1 << 15)) {
            byte[] row = new byte[1 + 3 * width];
            for (int start = 0; start < pixels.length; start += width) {
                int at = 1;
                for (int index = start; index < start + width; index++) {
                    int pixel = pixels[index];
                    row[at++] = (byte) (pixel >>> 16);
                    row[at++] = (byte) (pixel >>> 8);
                    row[at++] = (byte) pixel;
                }
                out.write(row);
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) checksum.getValue());
    }
}
