package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.interregnum.orchestrator.statistics.Transition;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines with confidence bands.
 *
 * @param xLabel what is to the right
 * @param yLabel what is upwards
 * @param lines the lines
 * @param ordered whether their names have an order, so that their colours should have one
 * @param transitions for each line the transition that is marked at its half height; may be empty
 * @param logarithmic whether x is
 * @param joined whether the points of a line are joined; otherwise x begins at 0
 */
record LinePanel(
        String xLabel,
        String yLabel,
        List<Line> lines,
        boolean ordered,
        List<Transition> transitions,
        boolean logarithmic,
        boolean joined)
        implements Panel {
    private static final int BAND_OPACITY = 45;
    private static final int TICKS_APART = 90;
    private static final double MARGIN = 0.04;
    /** How far bars of lines that follow each other are apart, of the range. */
    private static final double ASIDE = 0.014;
    /** Share of the width that the plot has at least, beside labels and legend. */
    private static final double LEAST_PLOT = 0.7;
    /** Up to here the lightest colour of the map still stands out on white. */
    private static final double LIGHTEST = 0.82;

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS
    };

    @Override
    public void paint(Graphics2D graphics, int width, int height, boolean smooth) {
        XYChart chart = Charts.plain(width, height, smooth);
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        XYStyler styler = chart.getStyler();
        styler.setXAxisLogarithmic(logarithmic);
        styler.setXAxisLogarithmicDecadeOnly(false);
        styler.setLegendVisible(lines.size() > 1 || !joined);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setXAxisTickMarkSpacingHint(ticksApart(width));
        fit(styler);
        for (int number = 0; number < lines.size(); number++) {
            addBands(chart, lines.get(number), colour(number), "band " + number);
        }
        for (int number = 0; number < lines.size(); number++) {
            addLine(chart, number);
        }
        chart.paint(graphics, width, height);
    }

    /** Between whole numbers, such as those of sellers, there are no others to be named. */
    private int ticksApart(int width) {
        double[] xs = xs();
        boolean whole = joined && !logarithmic && Arrays.stream(xs).allMatch(x -> x == Math.rint(x));
        double range =
                Arrays.stream(xs).max().orElse(1) - Arrays.stream(xs).min().orElse(0);
        return whole ? (int) Math.max(TICKS_APART, LEAST_PLOT * width / positive(range)) : TICKS_APART;
    }

    private double[] xs() {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).toArray();
    }

    private Color colour(int number) {
        return ordered && lines.size() > 1
                ? new ColourMap(0, 1).of(LIGHTEST * number / (lines.size() - 1))
                : Ink.hue(number);
    }

    private void addBands(XYChart chart, Line line, Color colour, String name) {
        for (int[] band : joined ? line.bands() : List.<int[]>of()) {
            int count = band[1] - band[0] + 1;
            double[] x = new double[2 * count];
            double[] y = new double[2 * count];
            for (int i = 0; i < count; i++) {
                x[i] = line.x()[band[0] + i];
                y[i] = line.intervals()[band[0] + i].low();
                x[2 * count - 1 - i] = x[i];
                y[2 * count - 1 - i] = line.intervals()[band[0] + i].high();
            }
            XYSeries series = chart.addSeries(name + " " + band[0], x, y);
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_OPACITY));
            series.setLineColor(new Color(0, true));
            series.setMarker(SeriesMarkers.NONE);
            series.setShowInLegend(false);
        }
    }

    private void addLine(XYChart chart, int number) {
        Line line = aside(number);
        Color colour = colour(number);
        if (!line.isEmpty()) {
            XYSeries series = chart.addSeries(line.name().isEmpty() ? " " : line.name(), line.x(), line.y());
            series.setXYSeriesRenderStyle(joined ? XYSeriesRenderStyle.Line : XYSeriesRenderStyle.Scatter);
            series.setLineColor(colour);
            series.setLineStyle(new BasicStroke(1.8F));
            series.setMarker(MARKERS[number % MARKERS.length]);
            series.setMarkerColor(colour);
        }
        for (int i = 0; i < line.x().length && !joined; i++) {
            if (line.intervals()[i].isDefined()) {
                double x = line.x()[i];
                double[] ends = {line.intervals()[i].low(), line.intervals()[i].high()};
                bar(chart, "bar " + number + " " + i, new double[] {x, x}, ends, colour);
            }
        }
        if (number < transitions.size() && transitions.get(number).isDefined()) {
            addTransition(chart, number, colour);
        }
    }

    /** Points that are not joined may be above each other, and so would hide each other's bars: they are put side by side. */
    private Line aside(int number) {
        Line line = lines.get(number);
        double shift =
                joined ? 0 : ASIDE * place(number) * Arrays.stream(xs()).max().orElse(0);
        double[] shifted = Arrays.stream(line.x()).map(x -> x + shift).toArray();
        return new Line(line.name(), shifted, line.y(), line.intervals());
    }

    /** How many places a line is beside the middle one. */
    private double place(int number) {
        return number - (lines.size() - 1) / 2.0;
    }

    private void addTransition(XYChart chart, int number, Color colour) {
        Transition transition = transitions.get(number);
        double half = transitions.stream()
                .filter(Transition::isDefined)
                .mapToDouble(found -> (found.low() + found.high()) / 2)
                .average()
                .orElseThrow();
        // All near half height, and none upon another.
        double level = half + ASIDE * place(number);
        if (transition.interval().isDefined()) {
            double[] ends = {transition.interval().low(), transition.interval().high()};
            bar(chart, "interval " + number, ends, new double[] {level, level}, colour);
        }
        XYSeries point = chart.addSeries("point " + number, new double[] {transition.point()}, new double[] {level});
        point.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        point.setMarker(SeriesMarkers.PLUS);
        point.setMarkerColor(colour);
        point.setShowInLegend(false);
    }

    private static void bar(XYChart chart, String name, double[] x, double[] y, Color colour) {
        XYSeries bar = chart.addSeries(name, x, y);
        bar.setLineColor(colour);
        bar.setLineStyle(new BasicStroke(1.6F));
        bar.setMarker(SeriesMarkers.NONE);
        bar.setShowInLegend(false);
    }

    /** Leaves a little room around the values, so that none lies on the frame. */
    private void fit(XYStyler styler) {
        double[] xs = xs();
        DoubleStream ends = lines.stream()
                .flatMap(line -> Arrays.stream(line.intervals()))
                .filter(interval -> interval.isDefined())
                .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high()));
        double[] ys = DoubleStream.concat(ends, lines.stream().flatMapToDouble(line -> Arrays.stream(line.y())))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double left = joined ? Arrays.stream(xs).min().orElse(0) : 0;
        double right = Arrays.stream(xs).max().orElse(1);
        double bottom = Arrays.stream(ys).min().orElse(0);
        double top = Arrays.stream(ys).max().orElse(1);
        double across = logarithmic ? 0 : MARGIN / 2 * positive(right - left);
        double factor = logarithmic ? Math.pow(right / left, MARGIN / 2) : 1;
        styler.setXAxisMin(left / factor - across);
        styler.setXAxisMax(right * factor + across);
        // A quantity that is never negative begins at 0, unless all of it is far from there.
        double low = bottom >= 0 && bottom < (top - bottom) ? 0 : bottom;
        double up = MARGIN * positive(top - low);
        styler.setYAxisMin(low - up);
        styler.setYAxisMax(top + up);
    }

    private static double positive(double range) {
        return range > 0 ? range : 1;
    }
}
