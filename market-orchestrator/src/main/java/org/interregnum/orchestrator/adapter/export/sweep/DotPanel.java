package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.DoubleStream;
import org.interregnum.orchestrator.statistics.Estimate;

/**
 * Means of several kinds of agents side by side, with their intervals, and each seed as a line from one to the next.
 *
 * @param title what it shows
 * @param unit its unit; may be empty
 * @param sources the kinds of agents, each with as many seeds
 */
record DotPanel(String title, String unit, List<Dots> sources) implements Panel {
    private static final int LEFT = 58;
    private static final int TOP = 42;
    private static final int RIGHT = 10;
    private static final int BOTTOM = 34;
    private static final int TICKS = 4;
    private static final double MARGIN = 0.08;
    private static final double DOT = 9;
    private static final Color SEED = new Color(0xBBBBBB);

    /**
     * A kind of agents.
     *
     * @param estimate mean over seeds
     * @param seeds the values of the seeds, in the same order for all
     */
    record Dots(Estimate estimate, List<Double> seeds) {}

    @Override
    public void paint(Graphics2D graphics, int width, int height, boolean smooth) {
        int wide = width - LEFT - RIGHT;
        int high = height - TOP - BOTTOM;
        graphics.setColor(Ink.BLACK);
        Ink.text(graphics, title, Ink.bold(12), Ink.Anchor.MIDDLE, LEFT + wide / 2.0, TOP - 24);
        graphics.setColor(Ink.GREY);
        Ink.text(graphics, unit, Ink.plain(11), Ink.Anchor.MIDDLE, LEFT + wide / 2.0, TOP - 9);
        double[] values = values();
        double least = DoubleStream.of(values).min().orElse(0);
        double most = DoubleStream.of(values).max().orElse(1);
        double range = most > least ? most - least : Math.max(Math.abs(most), 1);
        double low = least - MARGIN * range;
        double scale = high / (most + MARGIN * range - low);
        graphics.setStroke(Ink.THIN);
        for (Ticks.Tick tick : Ticks.between(low, most + MARGIN * range, TICKS)) {
            double y = TOP + high - (tick.value() - low) * scale;
            graphics.setColor(Ink.GRID);
            graphics.draw(new Line2D.Double(LEFT, y, LEFT + wide, y));
            graphics.setColor(Ink.BLACK);
            Ink.text(graphics, tick.text(), Ink.plain(11), Ink.Anchor.RIGHT, LEFT - 5, y + 4);
        }
        graphics.setColor(Ink.FRAME);
        graphics.draw(new Rectangle2D.Double(LEFT, TOP, wide, high));
        double step = (double) wide / sources.size();
        paintSeeds(graphics, step, TOP + high + low * scale, scale);
        for (int source = 0; source < sources.size(); source++) {
            double x = LEFT + (source + 0.5) * step;
            paintMean(graphics, sources.get(source).estimate(), Ink.hue(source), x, TOP + high + low * scale, scale);
            graphics.setColor(Ink.BLACK);
            Ink.text(graphics, ComparisonFiles.letter(source), Ink.bold(12), Ink.Anchor.MIDDLE, x, TOP + high + 17);
        }
    }

    private double[] values() {
        return sources.stream()
                .flatMapToDouble(dots -> DoubleStream.concat(
                        dots.seeds().stream().mapToDouble(Double::doubleValue),
                        DoubleStream.of(
                                dots.estimate().interval().low(),
                                dots.estimate().interval().high())))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private void paintSeeds(Graphics2D graphics, double step, double zero, double scale) {
        graphics.setColor(SEED);
        graphics.setStroke(Ink.THIN);
        for (int source = 0; source < sources.size(); source++) {
            List<Double> seeds = sources.get(source).seeds();
            double x = LEFT + (source + 0.5) * step;
            for (int seed = 0; seed < seeds.size(); seed++) {
                double y = zero - seeds.get(seed) * scale;
                graphics.fill(new Ellipse2D.Double(x - 2, y - 2, 4, 4));
                if (source > 0) {
                    double before = zero - sources.get(source - 1).seeds().get(seed) * scale;
                    graphics.draw(new Line2D.Double(x - step, before, x, y));
                }
            }
        }
    }

    private static void paintMean(
            Graphics2D graphics, Estimate estimate, Color colour, double x, double zero, double scale) {
        graphics.setColor(colour);
        if (estimate.interval().isDefined()) {
            graphics.setStroke(new BasicStroke(2));
            graphics.draw(new Line2D.Double(
                    x,
                    zero - estimate.interval().low() * scale,
                    x,
                    zero - estimate.interval().high() * scale));
        }
        if (estimate.seeds() > 0) {
            graphics.fill(new Ellipse2D.Double(x - DOT / 2, zero - estimate.mean() * scale - DOT / 2, DOT, DOT));
        }
    }
}
