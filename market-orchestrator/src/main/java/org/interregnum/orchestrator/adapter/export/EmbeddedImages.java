package org.interregnum.orchestrator.adapter.export;

import com.pngencoder.PngEncoder;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.util.Base64;
import org.apache.batik.svggen.ImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.w3c.dom.Element;

/** Keeps the pixels of a drawing in the SVG file itself, as PNG; Batik's own way to do so needs more libraries. */
final class EmbeddedImages implements ImageHandler {
    private static final String XLINK = "http://www.w3.org/1999/xlink";

    @Override
    public void handleImage(Image image, Element element, SVGGeneratorContext context) {
        BufferedImage pixels =
                new BufferedImage(image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = pixels.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        byte[] png = new PngEncoder()
                .withBufferedImage(pixels)
                .withMultiThreadedCompressionEnabled(false)
                .toBytes();
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        element.setAttributeNS(XLINK, "xlink:href", data);
    }

    @Override
    public void handleImage(RenderedImage image, Element element, SVGGeneratorContext context) {
        throw new UnsupportedOperationException("figures draw images of pixels only");
    }

    @Override
    public void handleImage(RenderableImage image, Element element, SVGGeneratorContext context) {
        throw new UnsupportedOperationException("figures draw images of pixels only");
    }
}
