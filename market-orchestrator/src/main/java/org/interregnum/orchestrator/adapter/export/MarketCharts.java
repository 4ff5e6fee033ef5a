package org.interregnum.orchestrator.adapter.export;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.knowm.xchart.style.theme.XChartTheme;

/**
 * The charts that make up a figure, side by side and below each other: shares, prices, and a legend that is theirs
 * together.
 */
final class MarketCharts {
    /** Size of the whole, in units of about 1/96 inch. */
    static final int WIDTH = 960;

    static final int HEIGHT = 640;

    private static final Color INK = new Color(0x222222);
    private static final Color GREY = new Color(0x666666);
    private static final Color FRAME = new Color(0x444444);
    private static final Color GRID = new Color(0xE4E4E4);
    private static final BasicStroke THIN = new BasicStroke(0.8F);
    private static final BasicStroke DOTTED =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {2, 3}, 0);

    /** What the upper panel has above its frame, and the lower one below. */
    private static final int TITLE = 56;

    static final int TIME = 42;
    private static final int TITLE_PADDING = 22;
    private static final int TITLE_LIFT = 12;
    private static final int PADDING = 10;
    /** Room for the prices and shares beside the frames, the same for both so that their times agree. */
    private static final int VALUES = 76;
    /** The share of a frame's width and height that the lines may use, so that a share of 1 is not hidden by it. */
    private static final double CONTENT = 0.97;

    static final int LEGEND_COLUMN = 70;
    private static final int LEGEND_COLUMNS = 3;
    private static final int LEGEND_ROWS = 30;
    static final int LEGEND_TOP = 42;
    private static final int LEGEND_PADDING = 7;

    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e5;
    /** A share from which on the axis goes to 1. */
    static final double NEARLY_ALL = 0.9;

    private static final int FEW_POINTS = 40;
    private static final int FEW_TICKS = 10;
    /**
     * XChart ticks at the values themselves where they are evenly spaced, be they round or not. So each axis is a little
     * longer than its values, which makes them uneven.
     */
    private static final double UNEVEN = 0.0005;

    /** Keeps the figure's size in bounds for any number of sellers. */
    private static final int MOST_COLUMNS_IN_ALL = 16_000;

    private final MarketSeries series;
    private final FigureCaption caption;
    private final int pieceLength;
    private final boolean smooth;
    private final int legendColumns;
    private final int width;
    private final int last;

    /**
     * The charts of a run.
     *
     * @param pieceLength number of segments after which a new path begins
     * @param smooth whether edges are to be smoothed by whoever draws
     */
    MarketCharts(MarketSeries series, FigureCaption caption, int pieceLength, boolean smooth) {
        this(series, caption, pieceLength, smooth, series.points() - 1, series.sellers());
    }

    /**
     * The charts of a run that stand beside those of another.
     *
     * @param lastTime last time on the axis
     * @param legendSellers number of sellers that the legend has room for
     */
    MarketCharts(
            MarketSeries series,
            FigureCaption caption,
            int pieceLength,
            boolean smooth,
            int lastTime,
            int legendSellers) {
        this.series = series;
        this.caption = caption;
        this.pieceLength = pieceLength;
        this.smooth = smooth;
        last = Math.max(1, lastTime);
        legendColumns = Math.min(LEGEND_COLUMNS, (legendSellers + LEGEND_ROWS - 1) / LEGEND_ROWS);
        width = WIDTH - LEGEND_COLUMN * legendColumns;
    }

    int width() {
        return width;
    }

    int legendColumns() {
        return legendColumns;
    }

    /** Paints the figure, its upper left corner at the origin. */
    void paint(Graphics2D graphics) {
        int panel = (HEIGHT - TITLE - TIME) / 2;
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.translate(0, -TITLE_LIFT);
        shares(panel).paint(graphics, width, TITLE_LIFT + TITLE + panel);
        graphics.translate(0, TITLE_LIFT + TITLE + panel);
        prices().paint(graphics, width, panel + TIME);
        graphics.translate(width, LEGEND_TOP - TITLE - panel);
        for (int column = 0; column < legendColumns; column++) {
            legend(column).paint(graphics, LEGEND_COLUMN, HEIGHT - LEGEND_TOP);
            graphics.translate(LEGEND_COLUMN, 0);
        }
        graphics.translate(-WIDTH, -LEGEND_TOP);
    }

    private XYChart shares(int panel) {
        double most = most(series.shares());
        most = most > NEARLY_ALL ? 1 : most;
        XYChart chart = panel("market share q", series.shares(), most, false);
        chart.setTitle(caption.title());
        chart.getStyler().setXAxisTicksVisible(false);
        if (!caption.subtitle().isEmpty()) {
            chart.addAnnotation(
                    new AnnotationText(caption.subtitle(), (VALUES + width - PADDING) / 2.0, panel + 8.0, true));
        }
        double even = 1.0 / series.sellers();
        if (even <= most) {
            chart.addAnnotation(new AnnotationLine(even, false, false));
            chart.addAnnotation(
                    new AnnotationText("1/M", 0.987 * Math.max(1, series.points() - 1), even + 0.035 * most, false));
        }
        return chart;
    }

    private XYChart prices() {
        XYChart chart = panel("price p", series.prices(), most(series.prices()), true);
        chart.setXAxisTitle("time step t");
        return chart;
    }

    XYChart panel(String title, double[][] values, double most, boolean steps) {
        XYChart chart = chart(width);
        chart.setYAxisTitle(title);
        XYStyler styler = chart.getStyler();
        styler.setLegendVisible(false);
        styler.setChartTitleFont(font(Font.BOLD, 16));
        styler.setChartTitlePadding(TITLE_PADDING);
        styler.setAxisTitleFont(font(Font.PLAIN, 14));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTicksMarksVisible(false);
        styler.setXAxisDecimalPattern("0");
        styler.setYAxisDecimalPattern(most < PLAIN_FROM || most >= PLAIN_BELOW ? "0.##E0" : "0.######");
        styler.setYAxisLabelAlignment(TextAlignment.Right);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(THIN);
        styler.setPlotBorderColor(FRAME);
        styler.setPlotContentSize(CONTENT);
        styler.setYAxisLeftWidthHint(VALUES);
        styler.setAnnotationLineColor(GREY);
        styler.setAnnotationLineStroke(DOTTED);
        styler.setXAxisMin(0.0);
        styler.setXAxisMax(last < FEW_TICKS ? last : last * (1 + UNEVEN));
        styler.setYAxisMin(-most * UNEVEN);
        styler.setYAxisMax(most);
        addLines(chart, values, steps);
        return chart;
    }

    private void addLines(XYChart chart, double[][] values, boolean steps) {
        int columns = Math.min(width - VALUES, Math.max(1, MOST_COLUMNS_IN_ALL / series.sellers()));
        int dots = series.points() > FEW_POINTS ? 0 : steps ? 2 : 1;
        for (int seller = 0; seller < series.sellers(); seller++) {
            SeriesLine line = SeriesLine.of(values[seller], series.points(), columns, steps);
            BasicStroke stroke = SellerPens.stroke(seller, series.sellers() > 12 ? 1.2F : 1.5F);
            XYSeries drawn = chart.addSeries(Integer.toString(seller), line.times(), line.values());
            drawn.setLineStyle(SeriesLines.NONE);
            drawn.setMarkerColor(SellerPens.colour(seller));
            drawn.setMarker(new JoinedLine(line.times().length, stroke, dots, pieceLength));
        }
    }

    XYChart legend(int column) {
        XYChart chart = chart(LEGEND_COLUMN);
        XYStyler styler = chart.getStyler();
        styler.setAxisTicksVisible(false);
        styler.setPlotGridLinesVisible(false);
        styler.setPlotBorderVisible(false);
        styler.setChartPadding(0);
        styler.setChartTitlePadding(LEGEND_PADDING);
        styler.setChartTitleFont(font(Font.PLAIN, 13));
        styler.setLegendPosition(LegendPosition.InsideNW);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setLegendPadding(LEGEND_PADDING);
        int first = column * LEGEND_ROWS;
        int after = Math.min(series.sellers(), first + LEGEND_ROWS);
        chart.setTitle("seller");
        styler.setChartTitleFontColor(column == 0 ? INK : Color.WHITE);
        if (column == LEGEND_COLUMNS - 1 && after < series.sellers()) {
            String more = "+ %d more".formatted(series.sellers() - after);
            chart.addAnnotation(new AnnotationText(more, LEGEND_COLUMN / 2.0, TIME, true));
        }
        for (int seller = first; seller < after; seller++) {
            XYSeries entry = chart.addSeries(Integer.toString(seller), new double[] {0}, new double[] {0});
            entry.setLineStyle(SellerPens.stroke(seller, 2));
            entry.setLineColor(SellerPens.colour(seller));
            entry.setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    private XYChart chart(int width) {
        XYChart chart = new XYChart(width, HEIGHT, new XChartTheme());
        XYStyler styler = chart.getStyler();
        styler.setLocale(Locale.ROOT);
        styler.setAntiAlias(smooth);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartFontColor(INK);
        styler.setChartPadding(PADDING);
        styler.setPlotMargin(0);
        styler.setMarkerSize(0);
        styler.setAnnotationTextFont(font(Font.PLAIN, 12));
        styler.setAnnotationTextFontColor(GREY);
        return chart;
    }

    double most(double[][] values) {
        double most = 0;
        for (double[] row : values) {
            for (int point = 0; point < series.points(); point++) {
                most = Math.max(most, row[point]);
            }
        }
        return most == 0 ? 1 : most;
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
