package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * The colours of numbers.
 *
 * @param colours which colour a number has
 * @param label what the numbers are, with their unit
 */
record ColourBar(ColourMap colours, String label) implements MapLegend {
    private static final int BAR = 16;
    private static final int BANDS = 128;
    private static final int TICK = 4;
    private static final int LABEL = 62;
    private static final int STEPS = 5;

    @Override
    public void paint(Graphics2D graphics, int height) {
        double band = (double) height / BANDS;
        double range = colours.high() - colours.low();
        for (int i = 0; i < BANDS; i++) {
            graphics.setColor(colours.of(colours.low() + (i + 0.5) / BANDS * range));
            // A little higher than its room, or light would show between two.
            graphics.fill(new Rectangle2D.Double(0, height - (i + 1) * band, BAR, i == 0 ? band : band + 0.6));
        }
        graphics.setStroke(Ink.THIN);
        graphics.setColor(Ink.FRAME);
        graphics.draw(new Rectangle2D.Double(0, 0, BAR, height));
        for (Ticks.Tick tick : Ticks.between(colours.low(), colours.high(), STEPS)) {
            double y = height - (tick.value() - colours.low()) / range * height;
            graphics.setColor(Ink.FRAME);
            graphics.fill(new Rectangle2D.Double(BAR, y - 0.4, TICK, 0.8));
            graphics.setColor(Ink.BLACK);
            Ink.text(graphics, tick.text(), Ink.plain(11), Ink.Anchor.LEFT, BAR + TICK + 3, y + 4);
        }
        Ink.upwards(graphics, label, Ink.plain(12), LABEL, height / 2.0);
    }
}
