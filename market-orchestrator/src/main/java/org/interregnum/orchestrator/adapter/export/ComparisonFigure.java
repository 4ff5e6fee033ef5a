package org.interregnum.orchestrator.adapter.export;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;

/**
 * The figure of two runs: market shares of the first and of the second, then their prices, all with one time axis and the
 * same scales, a colour a seller.
 */
public final class ComparisonFigure implements Drawing {
    private static final int PANEL = 250;
    private static final int ABOVE = 14;

    private final MarketSeries first;
    private final MarketSeries second;
    private final String firstName;
    private final String secondName;
    private final long difference;

    /**
     * A figure of two runs.
     *
     * @param firstName what stands above the first run's panels
     * @param secondName what stands above the second run's panels
     * @param difference first point at which they differ; negative when there is none
     */
    public ComparisonFigure(
            MarketSeries first, MarketSeries second, String firstName, String secondName, long difference) {
        this.first = first;
        this.second = second;
        this.firstName = firstName;
        this.secondName = secondName;
        this.difference = difference;
    }

    @Override
    public int height() {
        return ABOVE + 4 * PANEL + MarketCharts.TIME;
    }

    @Override
    public String title() {
        return firstName + " and " + secondName;
    }

    @Override
    public String description() {
        return difference < 0 ? "no difference" : "first difference at step " + difference;
    }

    @Override
    public void paint(Graphics2D graphics, int pieceLength, boolean smooth) {
        MarketCharts above = charts(first, pieceLength, smooth);
        MarketCharts below = charts(second, pieceLength, smooth);
        double share = Math.max(above.most(first.shares()), below.most(second.shares()));
        share = share > MarketCharts.NEARLY_ALL ? 1 : share;
        double price = Math.max(above.most(first.prices()), below.most(second.prices()));
        List<XYChart> panels = List.of(
                titled(above.panel("market share q", first.shares(), share, false), firstName),
                titled(below.panel("market share q", second.shares(), share, false), secondName),
                titled(above.panel("price p", first.prices(), price, true), firstName),
                titled(below.panel("price p", second.prices(), price, true), secondName));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, MarketCharts.WIDTH, height());
        graphics.translate(0, ABOVE);
        for (XYChart panel : panels) {
            boolean isLast = panel == panels.get(panels.size() - 1);
            if (isLast) {
                panel.setXAxisTitle("time step t" + (difference < 0 ? "" : " (dotted: " + description() + ")"));
            }
            panel.getStyler().setXAxisTicksVisible(isLast);
            panel.paint(graphics, above.width(), PANEL + (isLast ? MarketCharts.TIME : 0));
            graphics.translate(0, PANEL);
        }
        graphics.translate(above.width(), -4 * PANEL);
        MarketCharts more = first.sellers() >= second.sellers() ? above : below;
        for (int column = 0; column < more.legendColumns(); column++) {
            more.legend(column)
                    .paint(graphics, MarketCharts.LEGEND_COLUMN, MarketCharts.HEIGHT - MarketCharts.LEGEND_TOP);
            graphics.translate(MarketCharts.LEGEND_COLUMN, 0);
        }
        graphics.translate(-MarketCharts.WIDTH, -ABOVE);
    }

    private MarketCharts charts(MarketSeries series, int pieceLength, boolean smooth) {
        return new MarketCharts(
                series,
                new FigureCaption(title(), ""),
                pieceLength,
                smooth,
                Math.max(first.points(), second.points()) - 1,
                Math.max(first.sellers(), second.sellers()));
    }

    private XYChart titled(XYChart panel, String name) {
        panel.setTitle(name);
        panel.getStyler().setChartTitleFont(MarketCharts.font(Font.BOLD, 13));
        panel.getStyler().setChartTitlePadding(4);
        if (difference >= 0) {
            panel.addAnnotation(new AnnotationLine(difference, true, false));
        }
        return panel;
    }
}
