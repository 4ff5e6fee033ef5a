package org.interregnum.orchestrator.adapter.export;

import java.awt.Dimension;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SimpleImageHandler;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The figure in lines, as an SVG file. Its letters are lines too, so that it looks the same whatever fonts there are. */
final class SvgFigure {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private SvgFigure() {}

    static byte[] of(MarketSeries series, FigureCaption caption) {
        return of(Drawing.of(series, caption));
    }

    /** Draws it; one at a time, since the library's users share the objects that format its numbers. */
    static synchronized byte[] of(Drawing drawing) {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(1);
        context.setGenericImageHandler(new SimpleImageHandler(new EmbeddedImages()));
        context.setComment(" Interregnum ");
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(MarketCharts.WIDTH, drawing.height()));
        drawing.paint(graphics, Integer.MAX_VALUE, true);
        Element root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 %d %d".formatted(MarketCharts.WIDTH, drawing.height()));
        describe(root, "desc", drawing.description());
        describe(root, "title", drawing.title());
        String svg = text(graphics, root);
        // Not the library's DOCTYPE, for which many a reader would go to the network.
        return svg.substring(svg.indexOf("<svg")).getBytes(StandardCharsets.UTF_8);
    }

    private static void describe(Element root, String element, String text) {
        Element description = root.getOwnerDocument().createElementNS(NAMESPACE, element);
        description.setTextContent(text);
        root.insertBefore(description, root.getFirstChild());
    }

    private static String text(SVGGraphics2D graphics, Element root) {
        StringWriter text = new StringWriter();
        try {
            graphics.stream(root, text, false, false);
        } catch (SVGGraphics2DIOException e) {
            throw new IllegalStateException("a text cannot fail to be written to", e);
        }
        return text.toString();
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser cannot be had", e);
        }
    }
}
