package org.interregnum.orchestrator.adapter.export;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * A pen a seller. Colours are those of Okabe and Ito, which people with any colour vision tell apart, yellow darkened so
 * that it shows on white; from the ninth seller on they come again with other dashes.
 */
final class SellerPens {
    private static final int[] COLOURS = {0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x000000, 0xC9B800
    };

    private static final float[][] DASHES = {null, {6, 2.5F}, {1.8F, 1.8F}, {8, 2, 1.8F, 2}};

    private SellerPens() {}

    static Color colour(int seller) {
        return new Color(COLOURS[seller % COLOURS.length]);
    }

    static BasicStroke stroke(int seller, float width) {
        float[] dashes = DASHES[seller / COLOURS.length % DASHES.length];
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, dashes, 0);
    }
}
