package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Graphics2D;

/** A part of a figure. */
interface Panel {
    /**
     * Paints it, its upper left corner at the origin.
     *
     * @param smooth whether edges are to be smoothed by whoever draws
     */
    void paint(Graphics2D graphics, int width, int height, boolean smooth);
}
