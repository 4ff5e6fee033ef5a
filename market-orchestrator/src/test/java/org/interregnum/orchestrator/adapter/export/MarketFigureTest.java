package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class MarketFigureTest {
    private static final FigureCaption CAPTION = new FigureCaption("J < 1 & ρ > 0", "competition");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"3, 1", "3, 2", "10, 400", "30, 400", "300, 60"})
    void shouldHaveALineASellerInBothPanelsAndLabels(int sellers, int points) throws Exception {
        Document svg = svg(noise(sellers, points));
        assertThat(texts(svg)).contains("market share q", "price p", "time step t", "seller", "competition");
        assertThat(texts(svg)).contains("J < 1 & ρ > 0", "0", Integer.toString(Math.min(sellers, 90) - 1));
        NodeList paths = svg.getElementsByTagName("path");
        Set<String> looks = new HashSet<>();
        int thin = 0;
        for (int index = 0; index < paths.getLength(); index++) {
            var path = (org.w3c.dom.Element) paths.item(index);
            if (path.getAttribute("stroke-width").equals(sellers > 12 ? "1.2" : "1.5")) {
                looks.add(path.getAttribute("stroke") + path.getAttribute("stroke-dasharray"));
                thin++;
            }
        }
        assertThat(thin).isEqualTo(2 * sellers);
        assertThat(looks).hasSize(Math.min(sellers, 32));
    }

    @ParameterizedTest
    @CsvSource({"3, 100000", "10, 100000", "30, 100000", "300, 20000"})
    void shouldStaySmallForLongRuns(int sellers, int points) throws IOException {
        Path path = directory.resolve("market.svg");
        MarketFigure.writeSvg(path, noise(sellers, points), CAPTION);
        assertThat(Files.size(path)).isLessThan(1_000_000);
    }

    @Test
    void shouldBeWrittenInPixelsOfTheSameProportions() throws IOException {
        Path path = directory.resolve("market.png");
        MarketFigure.writePng(path, noise(10, 11_000), CAPTION);
        BufferedImage image = ImageIO.read(path.toFile());
        assertThat(image.getWidth()).isEqualTo(1440);
        assertThat(image.getHeight()).isEqualTo(960);
        assertThat(image.getRGB(2, 2)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void shouldKeepEveryPixel() throws IOException {
        Random random = new Random(1);
        BufferedImage image = new BufferedImage(37, 11, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 37 * 11; pixel++) {
            image.setRGB(pixel % 37, pixel / 37, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        PngFile.write(image, png);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        for (int pixel = 0; pixel < 37 * 11; pixel++) {
            assertThat(read.getRGB(pixel % 37, pixel / 37)).isEqualTo(image.getRGB(pixel % 37, pixel / 37));
        }
    }

    @Test
    void shouldKeepPeaksOfLongRuns() {
        double[] values = new double[100_000];
        values[77_777] = 1;
        Axis time = Axis.counting(values.length - 1, 0, 100);
        Polyline line = SeriesLine.of(values, values.length, time, new Axis(0, 1, 10, 0, 0), 100);
        assertThat(line.size()).isLessThanOrEqualTo(201);
        double highest = 10;
        for (int index = 0; index < line.size(); index++) {
            highest = Math.min(highest, line.y(index));
        }
        assertThat(highest).isZero();
    }

    @Test
    void shouldTickAtRoundValues() {
        Axis axis = Axis.rounded(0, 5.3, 100, 0, 5);
        assertThat(axis.ticks(5).stream().map(tick -> axis.label(tick, 5)))
                .containsExactly("0", "1", "2", "3", "4", "5", "6");
        Axis shares = Axis.rounded(0, 0.13, 100, 0, 5);
        assertThat(shares.ticks(5).stream().map(tick -> shares.label(tick, 5)))
                .containsExactly("0.00", "0.02", "0.04", "0.06", "0.08", "0.10", "0.12", "0.14");
        Axis steps = Axis.counting(1, 0, 100);
        assertThat(steps.ticks(8).stream().map(tick -> steps.label(tick, 8))).containsExactly("0", "1");
        Axis dear = Axis.rounded(0, 3e9, 100, 0, 3);
        assertThat(dear.ticks(3).stream().map(tick -> dear.label(tick, 3)))
                .containsExactly("0", "1.0e9", "2.0e9", "3.0e9");
    }

    @Test
    void shouldSayInOneLineThatThisRuntimeCannotDraw() {
        assertThatThrownBy(() -> ImageCanvas.draw(10, 10, canvas -> {
                    throw new InternalError("no fonts\nat all");
                }))
                .isInstanceOf(FigureUnavailableException.class)
                .hasMessage("this Java runtime cannot draw: java.lang.InternalError: no fonts");
    }

    @Test
    void shouldNameParametersThatAreNotAtTheirDefaults() {
        RunSpec plain = new RunSpec(MarketParameters.of(1, 0.8), 400, 42, "numpy", 0.25);
        assertThat(FigureCaption.of(plain, "").title()).isEqualTo("J\u0304 = 1, ρ = 0.8, N = 5000, M = 10, seed 42");
        RunSpec other = new RunSpec(
                new MarketParameters(100, 3, 0.05, 1, 0.5, 2, 0.1, 0.8 / 3, 0, 0.5), 400, 7, "philox", 0.25);
        assertThat(FigureCaption.of(other, "").title())
                .isEqualTo("J\u0304 = 0.05, ρ = 1, N = 100, M = 3, σ = 2, b = 0.1, visibility = 0.5, seed 7");
    }

    private Document svg(MarketSeries series) throws Exception {
        Path path = directory.resolve("market.svg");
        MarketFigure.writeSvg(path, series, CAPTION);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(path.toFile());
    }

    private static Set<String> texts(Document svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        Set<String> texts = new HashSet<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            texts.add(nodes.item(index).getTextContent());
        }
        return texts;
    }

    private static MarketSeries noise(int sellers, int points) {
        Random random = new Random(1);
        MarketSeries series = new MarketSeries(sellers, points);
        series.open(random.doubles(sellers).toArray(), random.doubles(sellers).toArray());
        for (int point = 1; point < points; point++) {
            series.step(
                    0,
                    random.doubles(sellers).toArray(),
                    random.doubles(sellers, 0, 5).toArray());
        }
        return series;
    }
}
