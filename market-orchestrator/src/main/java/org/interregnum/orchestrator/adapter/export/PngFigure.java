package org.interregnum.orchestrator.adapter.export;

import com.pngencoder.PngEncoder;
import com.pngencoder.PngEncoderPhysicalPixelDimensions;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.interregnum.orchestrator.analysis.MarketSeries;

/** The figure in pixels, as a PNG file. */
final class PngFigure {
    private static final double PIXELS_PER_UNIT = 1.5;
    /**
     * Edges are smoothed by drawing without smoothing at this multiple of the size and reducing the image: for the many
     * lines of a long run that takes a third of the time that the renderer's own smoothing does.
     */
    private static final int OVERSIZE = 2;

    private static final int DOTS_PER_INCH = (int) (96 * PIXELS_PER_UNIT);
    private static final int COMPRESSION = 3;
    /** Half the time of one long path: the renderer sorts all edges of a path that cross a row. */
    private static final int PIECE = 64;

    private PngFigure() {}

    static byte[] of(MarketSeries series, FigureCaption caption) {
        return of(Drawing.of(series, caption));
    }

    static byte[] of(Drawing drawing) {
        BufferedImage image = reduced(drawn(drawing));
        // Several times as fast as the JDK's own writer.
        return new PngEncoder()
                .withBufferedImage(image)
                .withCompressionLevel(COMPRESSION)
                .withMultiThreadedCompressionEnabled(false)
                .withPhysicalPixelDimensions(PngEncoderPhysicalPixelDimensions.dotsPerInch(DOTS_PER_INCH))
                .toBytes();
    }

    private static BufferedImage drawn(Drawing drawing) {
        BufferedImage image = image(OVERSIZE, drawing.height());
        Graphics2D graphics = image.createGraphics();
        graphics.scale(OVERSIZE * PIXELS_PER_UNIT, OVERSIZE * PIXELS_PER_UNIT);
        drawing.paint(graphics, PIECE, false);
        graphics.dispose();
        return image;
    }

    private static BufferedImage reduced(BufferedImage large) {
        BufferedImage image = image(1, (int) Math.round(large.getHeight() / (OVERSIZE * PIXELS_PER_UNIT)));
        Graphics2D graphics = image.createGraphics();
        // At half the size this is the mean of the pixels that become one.
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(large, 0, 0, image.getWidth(), image.getHeight(), null);
        graphics.dispose();
        return image;
    }

    private static BufferedImage image(int scale, int height) {
        return new BufferedImage(
                (int) (scale * MarketCharts.WIDTH * PIXELS_PER_UNIT),
                (int) (scale * height * PIXELS_PER_UNIT),
                BufferedImage.TYPE_INT_RGB);
    }
}
