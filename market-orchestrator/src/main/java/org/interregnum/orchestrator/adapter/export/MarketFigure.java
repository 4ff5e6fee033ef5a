package org.interregnum.orchestrator.adapter.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.analysis.MarketSeries;

/** The figure of a run: market shares above, prices below, one time axis, a colour a seller. */
final class MarketFigure {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 640;
    private static final int ENOUGH_TO_COMPILE = 150;

    private MarketFigure() {}

    /** Draws the figure in lines. */
    static void writeSvg(Path path, MarketSeries series, FigureCaption caption) throws IOException {
        Files.writeString(path, svg(series, caption));
    }

    /**
     * Draws the figure in pixels.
     *
     * @throws FigureUnavailableException when this Java runtime cannot
     */
    static void writePng(Path path, MarketSeries series, FigureCaption caption) throws IOException {
        BufferedImage image = image(series, caption);
        try (OutputStream out = Files.newOutputStream(path)) {
            PngFile.write(image, out);
        }
    }

    /**
     * Draws a figure like the run's and throws it away: fonts and drawing code take longer to load, and to be
     * compiled, than the figure takes afterwards.
     */
    static void warmUp(int sellers, int points) {
        MarketSeries series = sawTeeth(Math.min(sellers, 10), Math.min(points, ENOUGH_TO_COMPILE));
        FigureCaption caption = new FigureCaption("J\u0304 ρ", "");
        try {
            PngFile.write(image(series, caption), OutputStream.nullOutputStream());
            svg(series, caption);
        } catch (IOException | FigureUnavailableException e) {
            // The real figure will say so.
        }
    }

    private static MarketSeries sawTeeth(int sellers, int points) {
        MarketSeries series = new MarketSeries(sellers, points);
        double[] values = new double[sellers];
        series.open(values, values);
        for (int point = 1; point < points; point++) {
            for (int seller = 0; seller < sellers; seller++) {
                values[seller] = (37 * point + 11 * seller) % 17 / 170.0 + seller / 15.0;
            }
            series.step(0, values, values);
        }
        return series;
    }

    private static String svg(MarketSeries series, FigureCaption caption) {
        SvgCanvas canvas = new SvgCanvas(WIDTH, HEIGHT, caption.title());
        new MarketPlot(canvas, WIDTH, HEIGHT, series).draw(caption);
        return canvas.document();
    }

    private static BufferedImage image(MarketSeries series, FigureCaption caption) {
        try {
            return ImageCanvas.draw(
                    WIDTH, HEIGHT, canvas -> new MarketPlot(canvas, WIDTH, HEIGHT, series).draw(caption));
        } catch (NoClassDefFoundError e) {
            // Without the desktop module the canvas itself cannot be loaded.
            throw new FigureUnavailableException(e);
        }
    }
}
