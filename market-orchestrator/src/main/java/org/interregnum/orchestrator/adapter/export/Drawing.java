package org.interregnum.orchestrator.adapter.export;

import java.awt.Graphics2D;
import org.interregnum.orchestrator.analysis.MarketSeries;

/** A figure before it is known how it will be kept. */
public interface Drawing {
    /** Width of every drawing in units of about 1/96 inch. */
    int WIDTH = MarketCharts.WIDTH;

    /** Height in units of about 1/96 inch. */
    int height();

    /** One line that says what it shows. */
    String title();

    /** What there is to say besides; may be empty. */
    String description();

    /**
     * Paints it, its upper left corner at the origin.
     *
     * @param pieceLength number of segments after which a new path begins
     * @param smooth whether edges are to be smoothed by whoever draws
     */
    void paint(Graphics2D graphics, int pieceLength, boolean smooth);

    /** The figure of a run. */
    static Drawing of(MarketSeries series, FigureCaption caption) {
        return new Drawing() {
            @Override
            public int height() {
                return MarketCharts.HEIGHT;
            }

            @Override
            public String title() {
                return caption.title();
            }

            @Override
            public String description() {
                return caption.subtitle();
            }

            @Override
            public void paint(Graphics2D graphics, int pieceLength, boolean smooth) {
                new MarketCharts(series, caption, pieceLength, smooth).paint(graphics);
            }
        };
    }
}
