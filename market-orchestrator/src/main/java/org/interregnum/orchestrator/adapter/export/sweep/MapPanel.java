package org.interregnum.orchestrator.adapter.export.sweep;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A map over two swept settings. XChart has one, but with cells of equal size whatever the values are, no mark for a cell
 * without a value, and one row of colours; so this is our own.
 *
 * @param title what it shows; may be empty
 * @param x the setting to the right
 * @param y the setting upwards
 * @param cells the cells
 * @param legend what the colours mean
 * @param marks transitions, one at most for a value of y
 */
record MapPanel(String title, Axis x, Axis y, Cells cells, MapLegend legend, List<Mark> marks) implements Panel {
    private static final int LEFT = 74;
    private static final int AXIS_NAME = 22;
    private static final int ROOM_FOR_LABELS = 42;
    private static final int LEGEND_GAP = 12;
    private static final int LEGEND = 106;
    private static final int TOP = 26;
    private static final int BOTTOM = 50;
    private static final int TICK = 4;
    private static final int[] STEPS = {2, 5, 10, 20, 50, 100};
    private static final int MOST_SHAPES = 10_000;
    private static final int PIXELS = 2;
    private static final int HATCH = 7;
    private static final int LARGEST = 11;
    private static final int SMALLEST = 8;
    private static final int APART = 5;
    private static final double LINE_HEIGHT = 12;
    private static final double BASELINE = 3.5;
    private static final double MARK_HEIGHT = 8;
    /** How far above the lower edge of its row a mark lies, so that the row's numbers can be read. */
    private static final double MARK_LIFT = 7;

    private static final Color HATCHING = new Color(0x999999);
    private static final Color WITHOUT = new Color(0xF6F6F6);

    /** What stands in a cell, by the number of the value of x and of y. */
    interface Cells {
        Cell at(int column, int row);
    }

    /**
     * A transition along x.
     *
     * @param row number of the value of y
     * @param point where it is
     * @param low lower end of its interval, or the point itself
     * @param high upper end of its interval, or the point itself
     */
    record Mark(int row, double point, double low, double high) {}

    @Override
    public void paint(Graphics2D graphics, int width, int height, boolean smooth) {
        int right = width - LEGEND - LEGEND_GAP;
        Frame frame = new Frame(LEFT, TOP, right - LEFT, height - TOP - BOTTOM, new AxisScale(x), new AxisScale(y));
        graphics.setColor(Ink.BLACK);
        Ink.text(graphics, title, Ink.bold(13), Ink.Anchor.MIDDLE, LEFT + frame.width() / 2.0, TOP - 9);
        if ((long) x.values().size() * y.values().size() > MOST_SHAPES) {
            graphics.drawImage(picture(frame), LEFT, TOP, frame.width(), frame.height(), null);
        } else {
            paintCells(graphics, frame);
        }
        graphics.setStroke(Ink.THIN);
        graphics.setColor(Ink.FRAME);
        graphics.draw(new Rectangle2D.Double(LEFT, TOP, frame.width(), frame.height()));
        marks.forEach(mark -> paint(graphics, mark, frame));
        paintTicks(graphics, frame);
        graphics.translate(right + LEGEND_GAP, TOP);
        legend.paint(graphics, frame.height());
        graphics.translate(-right - LEGEND_GAP, -TOP);
    }

    private void paintCells(Graphics2D graphics, Frame frame) {
        for (int column = 0; column < x.values().size(); column++) {
            for (int row = 0; row < y.values().size(); row++) {
                paint(graphics, cells.at(column, row), frame.cell(column, row));
            }
        }
    }

    /** The cells as pixels: as shapes, of which a figure in lines keeps each, so many would take more room than the runs. */
    private BufferedImage picture(Frame frame) {
        BufferedImage picture =
                new BufferedImage(PIXELS * frame.width(), PIXELS * frame.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.scale(PIXELS, PIXELS);
        graphics.translate(-LEFT, -TOP);
        paintCells(graphics, frame);
        graphics.dispose();
        return picture;
    }

    private static void paint(Graphics2D graphics, Cell cell, Rectangle2D room) {
        graphics.setColor(cell.fill() == null ? WITHOUT : cell.fill());
        graphics.fill(room);
        if (cell.fill() == null) {
            hatch(graphics, room);
        }
        graphics.setColor(cell.fill() == null ? Ink.BLACK : ColourMap.letters(cell.fill()));
        Font font = fitting(cell.lines(), room.getWidth());
        int lines = (int) Math.min(cell.lines().size(), room.getHeight() / LINE_HEIGHT);
        double y = room.getCenterY() + BASELINE - (lines - 1) * LINE_HEIGHT / 2;
        for (String line : cell.lines().subList(0, lines)) {
            if (Ink.width(line, font) < room.getWidth()) {
                Ink.text(graphics, line, font, Ink.Anchor.MIDDLE, room.getCenterX(), y);
            }
            y += LINE_HEIGHT;
        }
    }

    /** The largest font in which the lines do not touch those of the next cell, or else the smallest that can be read. */
    private static Font fitting(List<String> lines, double width) {
        for (int size = LARGEST; size > SMALLEST; size--) {
            Font font = Ink.plain(size);
            if (lines.stream().allMatch(line -> Ink.width(line, font) < width - APART)) {
                return font;
            }
        }
        return Ink.plain(SMALLEST);
    }

    private static void hatch(Graphics2D graphics, Rectangle2D room) {
        graphics.setColor(HATCHING);
        graphics.setStroke(Ink.THIN);
        double sum = room.getMinX() + room.getMinY();
        double last = room.getMaxX() + room.getMaxY();
        for (sum = Math.ceil(sum / HATCH) * HATCH; sum < last; sum += HATCH) {
            double left = Math.max(room.getMinX(), sum - room.getMaxY());
            double right = Math.min(room.getMaxX(), sum - room.getMinY());
            graphics.draw(new Line2D.Double(left, sum - left, right, sum - right));
        }
    }

    private static void paint(Graphics2D graphics, Mark mark, Frame frame) {
        Rectangle2D row = frame.cell(0, mark.row());
        double y = row.getMaxY() - Math.min(MARK_LIFT, row.getHeight() / 2);
        double point = frame.placeOf(mark.point());
        if (Double.isNaN(point)) {
            return;
        }
        double low = frame.placeOf(mark.low());
        double high = frame.placeOf(mark.high());
        for (boolean halo : new boolean[] {true, false}) {
            graphics.setColor(halo ? Color.WHITE : Color.BLACK);
            double more = halo ? 1 : 0;
            graphics.fill(new Rectangle2D.Double(low - more, y - 0.8 - more, high - low + 2 * more, 1.6 + 2 * more));
            graphics.fill(new Rectangle2D.Double(
                    point - 1.2 - more, y - MARK_HEIGHT / 2 - more, 2.4 + 2 * more, MARK_HEIGHT + 2 * more));
        }
    }

    private void paintTicks(Graphics2D graphics, Frame frame) {
        Font font = Ink.plain(11);
        double[] columns = new double[x.values().size()];
        double[] widths = new double[columns.length];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = frame.columnMiddle(column);
            widths[column] = Ink.width(x.shown(x.values().get(column)), font) + 4;
            tick(graphics, new Rectangle2D.Double(columns[column] - 0.4, frame.bottom(), 0.8, TICK));
        }
        for (int column = 0, step = step(columns, widths); column < columns.length; column += step) {
            String text = x.shown(x.values().get(column));
            Ink.text(graphics, text, font, Ink.Anchor.MIDDLE, columns[column], frame.bottom() + 16);
        }
        // Long numbers stand smaller, or they would be upon the name of the axis.
        boolean isLong = y.values().stream().anyMatch(value -> Ink.width(y.shown(value), font) > ROOM_FOR_LABELS);
        Font beside = isLong ? Ink.plain(SMALLEST) : font;
        double[] rows = new double[y.values().size()];
        double[] heights = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = -frame.rowMiddle(row);
            heights[row] = LINE_HEIGHT;
            tick(graphics, new Rectangle2D.Double(LEFT - TICK, -rows[row] - 0.4, TICK, 0.8));
        }
        for (int row = 0, step = step(rows, heights); row < rows.length; row += step) {
            String text = y.shown(y.values().get(row));
            Ink.text(graphics, text, beside, Ink.Anchor.RIGHT, LEFT - TICK - 3, 4 - rows[row]);
        }
        String right = x.label() + frame.horizontal().remark(x);
        String up = y.label() + frame.vertical().remark(y);
        Ink.text(graphics, right, Ink.plain(13), Ink.Anchor.MIDDLE, LEFT + frame.width() / 2.0, frame.bottom() + 36);
        Ink.upwards(graphics, up, Ink.plain(13), AXIS_NAME, TOP + frame.height() / 2.0);
    }

    /** The smallest of some even steps at which labels of these sizes have room beside each other. */
    private static int step(double[] places, double[] sizes) {
        int step = 1;
        for (int next = 0; next < STEPS.length && overlaps(places, sizes, step); next++) {
            step = STEPS[next];
        }
        while (overlaps(places, sizes, step)) {
            step *= 2;
        }
        return step;
    }

    private static boolean overlaps(double[] places, double[] sizes, int step) {
        for (int place = step; place < places.length; place += step) {
            double apart = (sizes[place - step] + sizes[place]) / 2;
            if (places[place] - places[place - step] <= apart) {
                return true;
            }
        }
        return false;
    }

    private static void tick(Graphics2D graphics, Rectangle2D tick) {
        graphics.setColor(Ink.FRAME);
        graphics.fill(tick);
        graphics.setColor(Ink.BLACK);
    }

    /** Where the cells are. */
    private record Frame(int left, int top, int width, int height, AxisScale horizontal, AxisScale vertical) {
        int bottom() {
            return top + height;
        }

        double columnMiddle(int column) {
            return left + width * horizontal.place(column);
        }

        double rowMiddle(int row) {
            return bottom() - height * vertical.place(row);
        }

        double placeOf(double number) {
            return left + width * horizontal.placeOf(number);
        }

        Rectangle2D cell(int column, int row) {
            // On whole units, or the ground would shine through between smoothed edges.
            long x = Math.round(left + width * horizontal.edge(column));
            long y = Math.round(bottom() - height * vertical.edge(row + 1));
            return new Rectangle2D.Double(
                    x,
                    y,
                    Math.round(left + width * horizontal.edge(column + 1)) - x,
                    Math.round(bottom() - height * vertical.edge(row)) - y);
        }
    }
}
