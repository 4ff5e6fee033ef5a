package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Graphics2D;

/** What the colours of a map mean. */
interface MapLegend {
    /** Paints it, its upper left corner at the origin, as high as the map. */
    void paint(Graphics2D graphics, int height);
}
