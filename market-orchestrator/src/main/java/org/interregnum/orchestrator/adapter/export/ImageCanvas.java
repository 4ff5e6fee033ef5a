package org.interregnum.orchestrator.adapter.export;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Draws into pixels, {@value #SCALE} a unit each way. */
final class ImageCanvas implements Canvas {
    static final double SCALE = 1.5;

    private final BufferedImage image;
    private final Graphics2D graphics;

    private ImageCanvas(int width, int height) {
        image = new BufferedImage((int) (width * SCALE), (int) (height * SCALE), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /**
     * Draws on a new canvas.
     *
     * @throws FigureUnavailableException when this Java runtime lacks fonts or the desktop module
     */
    static BufferedImage draw(int width, int height, Consumer<Canvas> drawing) {
        return orUnavailable(() -> {
            // Nobody looks at a window; and with a display that is set but gone, AWT would fail.
            System.setProperty("java.awt.headless", "true");
            ImageCanvas canvas = new ImageCanvas(width, height);
            drawing.accept(canvas);
            canvas.graphics.dispose();
            return canvas.image;
        });
    }

    @Override
    public void line(Polyline points, Pen pen) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, points.size());
        path.moveTo(points.x(0), points.y(0));
        for (int index = 1; index < points.size(); index++) {
            path.lineTo(points.x(index), points.y(index));
        }
        graphics.setColor(new Color(pen.colour()));
        graphics.setStroke(stroke(pen));
        graphics.draw(path);
    }

    @Override
    public void dot(double x, double y, double radius, int colour) {
        graphics.setColor(new Color(colour));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    @Override
    public void text(String text, double x, double y, Lettering lettering) {
        Font font = new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) lettering.size());
        graphics.setFont(font);
        graphics.setColor(new Color(lettering.colour()));
        double width =
                font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
        double back = switch (lettering.anchor()) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        if (lettering.direction() == Direction.UP) {
            graphics.rotate(-Math.PI / 2);
        }
        graphics.drawString(text, (float) -back, 0);
        graphics.setTransform(before);
    }

    private static BasicStroke stroke(Pen pen) {
        float width = (float) pen.width();
        if (pen.dashes().length == 0) {
            return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL);
        }
        float[] dashes = new float[pen.dashes().length];
        for (int index = 0; index < dashes.length; index++) {
            dashes[index] = (float) pen.dashes()[index];
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, dashes, 0);
    }

    /** A runtime without fonts fails in several ways, none of them an exception of its own. */
    private static BufferedImage orUnavailable(Supplier<BufferedImage> drawing) {
        try {
            return drawing.get();
        } catch (LinkageError | AWTError | InternalError | NullPointerException e) {
            throw new FigureUnavailableException(e);
        } catch (RuntimeException e) {
            if (e.getMessage() != null && e.getMessage().contains("Fontconfig")) {
                throw new FigureUnavailableException(e);
            }
            throw e;
        }
    }
}
