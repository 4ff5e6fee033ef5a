package org.interregnum.orchestrator.adapter.export;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import org.knowm.xchart.style.markers.Marker;

/**
 * Draws a series as a path, or as few of them. XChart draws every segment for itself, so that dashes begin anew at each
 * and a vector file has an element for each; but a marker is told every point in turn.
 */
final class JoinedLine extends Marker {
    private static final double DOT = 4.8;

    private final int points;
    private final BasicStroke stroke;
    private final int dotEvery;
    private final int pieceLength;
    private Path2D piece = new Path2D.Float();
    private double drawn;
    private int seen;

    /**
     * A line for one painting of one series.
     *
     * @param points number of points of the series
     * @param dotEvery every how many points there is a dot as well; 0 for none
     * @param pieceLength number of segments in a path. Pixels are found in a time that grows with the square of it.
     */
    JoinedLine(int points, BasicStroke stroke, int dotEvery, int pieceLength) {
        this.points = points;
        this.stroke = stroke;
        this.dotEvery = dotEvery;
        this.pieceLength = pieceLength;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        if (seen == 0) {
            piece.moveTo(x, y);
        } else {
            piece.lineTo(x, y);
        }
        if (dotEvery > 0 && seen % dotEvery == 0) {
            graphics.fill(new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
        }
        seen++;
        if (seen == points || seen % pieceLength == 0) {
            draw(graphics);
            piece = new Path2D.Float();
            piece.moveTo(x, y);
        }
    }

    /** Draws the piece, its dashes as if those of the pieces before went on. */
    private void draw(Graphics2D graphics) {
        float[] dashes = stroke.getDashArray();
        if (dashes == null) {
            graphics.setStroke(stroke);
        } else {
            graphics.setStroke(new BasicStroke(
                    stroke.getLineWidth(),
                    stroke.getEndCap(),
                    stroke.getLineJoin(),
                    stroke.getMiterLimit(),
                    dashes,
                    (float) drawn));
            drawn = (drawn + length(piece)) % period(dashes);
        }
        graphics.draw(piece);
    }

    private static double length(Path2D path) {
        double length = 0;
        Point2D.Float before = null;
        float[] at = new float[6];
        for (var steps = path.getPathIterator(null); !steps.isDone(); steps.next()) {
            steps.currentSegment(at);
            Point2D.Float here = new Point2D.Float(at[0], at[1]);
            length += before == null ? 0 : here.distance(before);
            before = here;
        }
        return length;
    }

    private static double period(float[] dashes) {
        double period = 0;
        for (float dash : dashes) {
            period += dash;
        }
        return period;
    }
}
