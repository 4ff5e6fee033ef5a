package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import org.interregnum.orchestrator.adapter.export.Drawing;

/**
 * A figure of one or several panels under one title.
 *
 * @param title what it shows
 * @param remarks what all runs have in common, and how to read it
 * @param panels the panels, row by row
 * @param columns how many stand beside each other
 * @param panelHeight height of each
 */
record PanelFigure(String title, List<String> remarks, List<? extends Panel> panels, int columns, int panelHeight)
        implements Drawing {
    private static final int TITLE_BASELINE = 32;
    private static final int LINE = 19;
    private static final int BELOW_TEXT = 14;
    private static final int BELOW = 6;

    @Override
    public int height() {
        return above() + (panels.size() + columns - 1) / columns * panelHeight + BELOW;
    }

    private int above() {
        return TITLE_BASELINE + LINE * remarks.size() + BELOW_TEXT;
    }

    @Override
    public String description() {
        return String.join(". ", remarks);
    }

    @Override
    public void paint(Graphics2D graphics, int pieceLength, boolean smooth) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height());
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setColor(Ink.BLACK);
        Ink.text(graphics, title, Ink.bold(17), Ink.Anchor.MIDDLE, WIDTH / 2.0, TITLE_BASELINE);
        graphics.setColor(Ink.GREY);
        for (int line = 0; line < remarks.size(); line++) {
            double y = TITLE_BASELINE + LINE * (line + 1.1);
            Ink.text(graphics, remarks.get(line), Ink.plain(13), Ink.Anchor.MIDDLE, WIDTH / 2.0, y);
        }
        int width = WIDTH / columns;
        for (int panel = 0; panel < panels.size(); panel++) {
            int x = panel % columns * width;
            int y = above() + panel / columns * panelHeight;
            graphics.translate(x, y);
            panels.get(panel).paint(graphics, width, panelHeight, smooth);
            graphics.translate(-x, -y);
        }
    }
}
