package org.interregnum.orchestrator.adapter.export;

/**
 * A pen a seller. Colours are those of Okabe and Ito, which people with any colour vision tell apart, yellow darkened so
 * that it shows on white; from the ninth seller on they come again with other dashes.
 */
final class SellerPens {
    private static final int[] COLOURS = {0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x000000, 0xC9B800
    };

    private static final double[][] DASHES = {{}, {6, 2.5}, {1.8, 1.8}, {8, 2, 1.8, 2}};

    private SellerPens() {}

    static Canvas.Pen of(int seller, double width) {
        return new Canvas.Pen(COLOURS[seller % COLOURS.length], width, DASHES[seller / COLOURS.length % DASHES.length]);
    }
}
