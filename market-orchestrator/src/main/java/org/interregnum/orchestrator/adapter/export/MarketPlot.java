package org.interregnum.orchestrator.adapter.export;

import java.util.Locale;
import org.interregnum.orchestrator.adapter.export.Canvas.Anchor;
import org.interregnum.orchestrator.adapter.export.Canvas.Direction;
import org.interregnum.orchestrator.adapter.export.Canvas.Lettering;
import org.interregnum.orchestrator.adapter.export.Canvas.Pen;
import org.interregnum.orchestrator.analysis.MarketSeries;

/** Lays a figure out on a canvas and draws it. The same on every canvas: no length depends on a font's measures. */
final class MarketPlot {
    private static final int INK = 0x222222;
    private static final int GREY = 0x666666;
    private static final Pen GRID = new Pen(0xE4E4E4, 0.8);
    private static final Pen FRAME = new Pen(0x444444, 1);
    private static final Pen REFERENCE = new Pen(0x777777, 1, 2, 3);

    private static final double LEFT = 76;
    private static final double TOP = 62;
    private static final double BOTTOM = 54;
    private static final double GAP = 20;
    /** Between frame and values, so that a share of 0 or 1 is not hidden by the frame. */
    private static final double INSET = 5;

    private static final double LEGEND_GAP = 16;
    private static final double LEGEND_COLUMN = 62;
    private static final double LEGEND_ROW = 16.5;
    private static final int LEGEND_COLUMNS = 3;

    private static final int TIME_TICKS = 8;
    private static final int VALUE_TICKS = 5;
    private static final int FEW_POINTS = 40;
    /** Keeps the figure's size in bounds for any number of sellers. */
    private static final int MOST_COLUMNS_IN_ALL = 20_000;

    private final Canvas canvas;
    private final MarketSeries series;
    private final double height;
    private final double right;
    private final Axis time;

    MarketPlot(Canvas canvas, double width, double height, MarketSeries series) {
        this.canvas = canvas;
        this.series = series;
        this.height = height;
        int rows = legendRows();
        int legendColumns = Math.min(LEGEND_COLUMNS, (series.sellers() + rows - 1) / rows);
        right = width - LEGEND_GAP - LEGEND_COLUMN * legendColumns - 4;
        time = Axis.counting(Math.max(1, series.points() - 1), LEFT, right);
    }

    void draw(FigureCaption caption) {
        double panel = (height - TOP - BOTTOM - GAP) / 2;
        double middle = (LEFT + right) / 2;
        canvas.text(caption.title(), middle, 26, new Lettering(16, INK, true, Anchor.MIDDLE, Direction.RIGHT));
        canvas.text(caption.subtitle(), middle, 47, lettering(13, GREY, Anchor.MIDDLE));
        drawPanel("market share q", series.shares(), TOP, TOP + panel, 1.0 / series.sellers(), "1/M");
        drawPanel("price p", series.prices(), TOP + panel + GAP, height - BOTTOM, Double.NaN, "");
        for (double tick : time.ticks(TIME_TICKS)) {
            canvas.text(
                    time.label(tick, TIME_TICKS),
                    time.at(tick),
                    height - BOTTOM + 19,
                    lettering(12.5, INK, Anchor.MIDDLE));
        }
        canvas.text("time step t", middle, height - 12, lettering(14, INK, Anchor.MIDDLE));
        drawLegend();
    }

    private void drawPanel(
            String title, double[][] values, double top, double bottom, double reference, String referenceName) {
        Axis axis = Axis.rounded(least(values), most(values), bottom - INSET, top + INSET, VALUE_TICKS);
        for (double tick : time.ticks(TIME_TICKS)) {
            canvas.line(Polyline.of(time.at(tick), top, time.at(tick), bottom), GRID);
        }
        for (double tick : axis.ticks(VALUE_TICKS)) {
            canvas.line(Polyline.of(LEFT, axis.at(tick), right, axis.at(tick)), GRID);
            canvas.text(axis.label(tick, VALUE_TICKS), LEFT - 8, axis.at(tick) + 4.5, lettering(12.5, INK, Anchor.END));
        }
        drawSeries(values, axis);
        if (!Double.isNaN(reference)) {
            canvas.line(Polyline.of(LEFT, axis.at(reference), right, axis.at(reference)), REFERENCE);
            canvas.text(referenceName, right - 4, axis.at(reference) - 4, lettering(11, GREY, Anchor.END));
        }
        canvas.line(Polyline.of(LEFT, top, right, top, right, bottom, LEFT, bottom, LEFT, top), FRAME);
        canvas.text(title, 20, (top + bottom) / 2, new Lettering(14, INK, false, Anchor.MIDDLE, Direction.UP));
    }

    private void drawSeries(double[][] values, Axis axis) {
        int columns = (int) Math.min(right - LEFT, Math.max(1, MOST_COLUMNS_IN_ALL / series.sellers()));
        boolean few = series.points() <= FEW_POINTS;
        for (int seller = 0; seller < series.sellers(); seller++) {
            Polyline line = SeriesLine.of(values[seller], series.points(), time, axis, columns);
            Pen pen = SellerPens.of(seller, series.sellers() > 12 ? 1.2 : 1.5);
            canvas.line(line, pen);
            for (int point = 0; few && point < line.size(); point++) {
                canvas.dot(line.x(point), line.y(point), 2.4, pen.colour());
            }
        }
    }

    private void drawLegend() {
        double left = right + LEGEND_GAP;
        canvas.text("seller", left, TOP + 10, lettering(12.5, INK, Anchor.START));
        int rows = legendRows();
        int shown = Math.min(series.sellers(), rows * LEGEND_COLUMNS);
        for (int seller = 0; seller < shown; seller++) {
            int column = seller / rows;
            int row = seller % rows;
            double x = left + column * LEGEND_COLUMN;
            double y = TOP + 28 + row * LEGEND_ROW;
            canvas.line(Polyline.of(x, y - 4, x + 24, y - 4), SellerPens.of(seller, 2));
            canvas.text(Integer.toString(seller), x + 30, y, lettering(12, INK, Anchor.START));
        }
        if (shown < series.sellers()) {
            canvas.text(
                    String.format(Locale.ROOT, "and %d more", series.sellers() - shown),
                    left,
                    height - BOTTOM + 19,
                    lettering(12, INK, Anchor.START));
        }
    }

    private int legendRows() {
        return (int) ((height - TOP - BOTTOM - 20) / LEGEND_ROW);
    }

    /** Shares and prices are at least 0; the axis starts there so that heights can be compared. */
    private double least(double[][] values) {
        double least = 0;
        for (double[] row : values) {
            for (int point = 0; point < series.points(); point++) {
                least = Math.min(least, row[point]);
            }
        }
        return least;
    }

    private double most(double[][] values) {
        double most = 0;
        for (double[] row : values) {
            for (int point = 0; point < series.points(); point++) {
                most = Math.max(most, row[point]);
            }
        }
        return most;
    }

    private static Lettering lettering(double size, int colour, Anchor anchor) {
        return new Lettering(size, colour, false, anchor, Direction.RIGHT);
    }
}
