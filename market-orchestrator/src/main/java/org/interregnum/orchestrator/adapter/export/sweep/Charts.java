package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.theme.XChartTheme;

/** XChart's charts in the looks of these figures. */
final class Charts {
    private static final int PADDING = 12;
    private static final int MARKER = 7;

    private Charts() {}

    static XYChart plain(int width, int height, boolean smooth) {
        XYChart chart = new XYChart(width, height, new XChartTheme());
        XYStyler styler = chart.getStyler();
        styler.setLocale(Locale.ROOT);
        styler.setAntiAlias(smooth);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartFontColor(Ink.BLACK);
        styler.setChartPadding(PADDING);
        styler.setPlotMargin(0);
        styler.setPlotContentSize(1);
        styler.setPlotBorderColor(Ink.FRAME);
        styler.setPlotGridLinesColor(Ink.GRID);
        styler.setPlotGridLinesStroke(Ink.THIN);
        styler.setAxisTitleFont(Ink.plain(13));
        styler.setAxisTickLabelsFont(Ink.plain(11));
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTicksMarksVisible(false);
        styler.setYAxisLabelAlignment(TextAlignment.Right);
        styler.setXAxisDecimalPattern("0.######");
        styler.setYAxisDecimalPattern("0.######");
        styler.setLegendFont(Ink.plain(12));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setMarkerSize(MARKER);
        return chart;
    }
}
