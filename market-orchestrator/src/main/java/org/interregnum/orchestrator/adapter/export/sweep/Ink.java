package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/** Colours, fonts and letters of the figures. Letters are drawn as shapes, which look the same whatever fonts there are. */
final class Ink {
    static final Color BLACK = new Color(0x222222);
    static final Color GREY = new Color(0x666666);
    static final Color FRAME = new Color(0x444444);
    static final Color GRID = new Color(0xE4E4E4);
    static final BasicStroke THIN = new BasicStroke(0.8F);

    /** Those of Okabe and Ito that stand out on white, which people with any colour vision tell apart. */
    private static final int[] HUES = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0x888888};

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    /** Where a text lies relative to the point at which it is drawn. */
    enum Anchor {
        LEFT(0),
        MIDDLE(0.5),
        RIGHT(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }
    }

    private Ink() {}

    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    /** One of a few colours for things that have no order. */
    static Color hue(int number) {
        return new Color(HUES[number % HUES.length]);
    }

    static double width(String text, Font font) {
        return text.isEmpty() ? 0 : new TextLayout(text, font, EXACT).getAdvance();
    }

    /** Draws a line of text; y is its baseline. */
    static void text(Graphics2D graphics, String text, Font font, Anchor anchor, double x, double y) {
        if (!text.isEmpty()) {
            TextLayout layout = new TextLayout(text, font, EXACT);
            double left = x - layout.getAdvance() * anchor.share;
            graphics.fill(layout.getOutline(AffineTransform.getTranslateInstance(left, y)));
        }
    }

    /** Draws a line of text upwards, its middle at y; x is its baseline. */
    static void upwards(Graphics2D graphics, String text, Font font, double x, double y) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(-Math.PI / 2);
        text(graphics, text, font, Anchor.MIDDLE, 0, 0);
        graphics.setTransform(before);
    }
}
