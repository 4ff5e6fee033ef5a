package org.interregnum.orchestrator.adapter.export;

import com.pngencoder.PngEncoder;
import com.pngencoder.PngEncoderPhysicalPixelDimensions;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.interregnum.orchestrator.analysis.MarketSeries;

/** The figure in pixels, as a PNG file. */
final class PngFigure {
    private static final double PIXELS_PER_UNIT = 1.5;
    private static final int DOTS_PER_INCH = (int) (96 * PIXELS_PER_UNIT);
    private static final int COMPRESSION = 3;
    /** Half the time of one long path: the renderer sorts all edges of a path that cross a row. */
    private static final int PIECE = 64;

    private PngFigure() {}

    static byte[] of(MarketSeries series, FigureCaption caption) {
        BufferedImage image = new BufferedImage(
                (int) (MarketCharts.WIDTH * PIXELS_PER_UNIT),
                (int) (MarketCharts.HEIGHT * PIXELS_PER_UNIT),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        new MarketCharts(series, caption, PIECE).paint(graphics);
        graphics.dispose();
        // Several times as fast as the JDK's own writer.
        return new PngEncoder()
                .withBufferedImage(image)
                .withCompressionLevel(COMPRESSION)
                .withMultiThreadedCompressionEnabled(false)
                .withPhysicalPixelDimensions(PngEncoderPhysicalPixelDimensions.dotsPerInch(DOTS_PER_INCH))
                .toBytes();
    }
}
