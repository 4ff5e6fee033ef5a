package org.interregnum.orchestrator.adapter.export;

import java.util.Locale;

/** Draws into the text of an SVG 1.1 document. Lengths are rounded to a tenth of a unit, lines are written as steps. */
final class SvgCanvas implements Canvas {
    private static final String FONTS = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

    private final StringBuilder svg = new StringBuilder(1 << 14);

    SvgCanvas(int width, int height, String title) {
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%d\" height=\"%d\"",
                width,
                height));
        svg.append(String.format(Locale.ROOT, " viewBox=\"0 0 %d %d\" font-family=\"%s\">\n", width, height, FONTS));
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    }

    @Override
    public void line(Polyline points, Pen pen) {
        svg.append("<path fill=\"none\" stroke-linejoin=\"round\" stroke=\"").append(colour(pen.colour()));
        svg.append("\" stroke-width=\"").append(pen.width());
        if (pen.dashes().length > 0) {
            svg.append("\" stroke-dasharray=\"");
            for (double dash : pen.dashes()) {
                svg.append(dash).append(' ');
            }
        }
        svg.append("\" d=\"");
        appendPath(points);
        svg.append("\"/>\n");
    }

    @Override
    public void dot(double x, double y, double radius, int colour) {
        svg.append("<circle cx=\"");
        appendTenths(tenths(x));
        svg.append("\" cy=\"");
        appendTenths(tenths(y));
        svg.append("\" r=\"")
                .append(radius)
                .append("\" fill=\"")
                .append(colour(colour))
                .append("\"/>\n");
    }

    @Override
    public void text(String text, double x, double y, Lettering lettering) {
        svg.append("<text x=\"");
        appendTenths(tenths(x));
        svg.append("\" y=\"");
        appendTenths(tenths(y));
        svg.append("\" font-size=\"").append(lettering.size());
        svg.append("\" fill=\"").append(colour(lettering.colour()));
        svg.append("\" text-anchor=\"").append(lettering.anchor().name().toLowerCase(Locale.ROOT));
        if (lettering.bold()) {
            svg.append("\" font-weight=\"bold");
        }
        if (lettering.direction() == Direction.UP) {
            svg.append("\" transform=\"rotate(-90 ")
                    .append(x)
                    .append(' ')
                    .append(y)
                    .append(')');
        }
        svg.append("\">").append(escaped(text)).append("</text>\n");
    }

    /** The document. */
    String document() {
        return svg + "</svg>\n";
    }

    private void appendPath(Polyline points) {
        long x = 0;
        long y = 0;
        for (int index = 0; index < points.size(); index++) {
            long nextX = tenths(points.x(index));
            long nextY = tenths(points.y(index));
            if (index == 0) {
                svg.append('M');
                appendTenths(nextX);
                svg.append(' ');
                appendTenths(nextY);
            } else if (nextX == x && nextY != y) {
                svg.append('v');
                appendTenths(nextY - y);
            } else if (nextY == y && nextX != x) {
                svg.append('h');
                appendTenths(nextX - x);
            } else if (nextX != x) {
                svg.append('l');
                appendTenths(nextX - x);
                svg.append(nextY < y ? "" : " ");
                appendTenths(nextY - y);
            }
            x = nextX;
            y = nextY;
        }
    }

    private static long tenths(double length) {
        return Math.round(length * 10);
    }

    private void appendTenths(long tenths) {
        if (tenths < 0) {
            svg.append('-');
        }
        long size = Math.abs(tenths);
        if (size >= 10) {
            svg.append(size / 10);
        } else if (size == 0) {
            svg.append('0');
        }
        if (size % 10 != 0) {
            svg.append('.').append(size % 10);
        }
    }

    private static String colour(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
