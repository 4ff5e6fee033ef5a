package org.interregnum.orchestrator.adapter.export;

/** What a figure is drawn on; x grows to the right, y downwards, in units of about 1/96 inch. Colours are 0xRRGGBB. */
interface Canvas {
    /** Where a text's position lies along it. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** How the text runs. */
    enum Direction {
        RIGHT,
        UP
    }

    /**
     * Look of a line.
     *
     * @param dashes lengths of drawn and empty pieces in turn; empty for a solid line
     */
    record Pen(int colour, double width, double... dashes) {}

    /** Look of a text. */
    record Lettering(double size, int colour, boolean bold, Anchor anchor, Direction direction) {}

    /** Draws straight lines through the points in turn. */
    void line(Polyline points, Pen pen);

    /** Draws a filled circle. */
    void dot(double x, double y, double radius, int colour);

    /** Writes one line; the position is on its base line. */
    void text(String text, double x, double y, Lettering lettering);
}
