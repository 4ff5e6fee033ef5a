package org.interregnum.orchestrator.adapter.export;

import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.interregnum.orchestrator.analysis.MarketSeries;

/** The figure of a run: market shares above, prices below, one time axis, a colour a seller. */
final class MarketFigure {
    private static final int ENOUGH_TO_COMPILE = 150;

    private MarketFigure() {}

    /**
     * Draws the figure in lines.
     *
     * @throws FigureUnavailableException when this Java runtime cannot
     */
    static void writeSvg(Path path, MarketSeries series, FigureCaption caption) throws IOException {
        Files.write(path, drawn(() -> SvgFigure.of(series, caption)));
    }

    /**
     * Draws the figure in pixels.
     *
     * @throws FigureUnavailableException when this Java runtime cannot
     */
    static void writePng(Path path, MarketSeries series, FigureCaption caption) throws IOException {
        Files.write(path, drawn(() -> PngFigure.of(series, caption)));
    }

    /**
     * Draws a figure and throws it away: fonts and drawing code take longer to load, and for a long run to be compiled,
     * than the figure takes afterwards.
     */
    static void warmUp(int sellers, int points) {
        MarketSeries series = points < ENOUGH_TO_COMPILE
                ? sawTeeth(1, Math.min(points, 2))
                : sawTeeth(Math.min(sellers, 10), ENOUGH_TO_COMPILE);
        FigureCaption caption = new FigureCaption("J\u0304 ρ", "");
        try {
            drawn(() -> PngFigure.of(series, caption));
            drawn(() -> SvgFigure.of(series, caption));
        } catch (FigureUnavailableException e) {
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

    /** Draws. A runtime without fonts or without the desktop module fails in several ways, none of its own. */
    static byte[] drawn(Supplier<byte[]> drawing) {
        try {
            // Nobody looks at a window; and with a display that is set but gone, AWT would fail.
            System.setProperty("java.awt.headless", "true");
            return drawing.get();
        } catch (Error e) {
            // Not caught by name: a class whose handlers name what is not there cannot be loaded.
            if (e instanceof LinkageError || e instanceof InternalError || e instanceof AWTError) {
                throw new FigureUnavailableException(e);
            }
            throw e;
        } catch (NullPointerException e) {
            throw new FigureUnavailableException(e);
        } catch (RuntimeException e) {
            if (e.getMessage() != null && e.getMessage().contains("Fontconfig")) {
                throw new FigureUnavailableException(e);
            }
            throw e;
        }
    }
}
