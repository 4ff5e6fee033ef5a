package org.interregnum.orchestrator.adapter.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MarketFigureTest {
    private static final FigureCaption CAPTION = new FigureCaption("J < 1 & ρ > 0", "competition");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"3, 2", "10, 400", "30, 400", "300, 60"})
    void shouldHaveALineASellerInBothPanels(int sellers, int points) throws Exception {
        String width = sellers > 12 ? "1.2" : "1.5";
        List<Element> lines = paths(svg(noise(sellers, points))).stream()
                .filter(path -> width.equals(inherited(path, "stroke-width")))
                .toList();
        Set<String> looks = new HashSet<>();
        lines.forEach(line -> looks.add(inherited(line, "stroke") + inherited(line, "stroke-dasharray")));
        assertThat(lines).hasSize(2 * sellers);
        assertThat(looks).hasSize(Math.min(sellers, 32));
    }

    @Test
    void shouldSayWhatItShowsToWhomeverCannotSeeIt() throws Exception {
        Element root = svg(noise(3, 20)).getDocumentElement();
        assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("J < 1 & ρ > 0");
        assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("competition");
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 960 640");
    }

    @Test
    void shouldNotSendReadersOfTheSvgToTheNetwork() throws Exception {
        assertThat(svg(noise(3, 20)).getDoctype()).isNull();
    }

    /** Letters are outlines; so a label is seen by what goes missing with it. */
    @Test
    void shouldLetterTitleAndSubtitle() throws IOException {
        MarketSeries series = noise(3, 20);
        BufferedImage with = png(series, CAPTION);
        BufferedImage without = png(series, new FigureCaption("", ""));
        assertThat(ink(with, 90)).isGreaterThan(ink(without, 90) + 500);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "10, 11000", "91, 3"})
    void shouldBeWrittenInPixelsOfTheSameProportions(int sellers, int points) throws IOException {
        BufferedImage image = png(noise(sellers, points), CAPTION);
        assertThat(image.getWidth()).isEqualTo(1440);
        assertThat(image.getHeight()).isEqualTo(960);
        assertThat(image.getRGB(2, 2)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(1438, 958)).isEqualTo(0xFFFFFFFF);
    }

    /** Ticks are looked for until their labels differ and fit, which must come to an end. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-12, 1e-5, 1e5, 1e12})
    @Timeout(20)
    void shouldScaleToAnyPrice(double scale) throws IOException {
        MarketSeries series = new MarketSeries(2, 50);
        series.open(new double[] {0.5, 0.5}, new double[2]);
        for (int point = 1; point < 50; point++) {
            series.step(0, new double[] {0.5, 0.5}, new double[] {scale * point / 50, scale / 3});
        }
        assertThat(png(series, CAPTION).getWidth()).isEqualTo(1440);
    }

    @Test
    void shouldColourEverySeller() throws IOException {
        BufferedImage image = png(noise(8, 100), CAPTION);
        Set<Integer> colours = new HashSet<>();
        for (int pixel : image.getRGB(0, 0, 1440, 960, null, 0, 1440)) {
            colours.add(pixel & 0xFFFFFF);
        }
        for (int seller = 0; seller < 8; seller++) {
            assertThat(colours).contains(SellerPens.colour(seller).getRGB() & 0xFFFFFF);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 100000", "10, 100000", "30, 100000", "300, 20000"})
    void shouldStaySmallForLongRuns(int sellers, int points) throws IOException {
        Path path = directory.resolve("market.svg");
        MarketFigure.writeSvg(path, noise(sellers, points), CAPTION);
        assertThat(Files.size(path)).isLessThan(1_000_000);
    }

    @Test
    void shouldBeTheSameWhenDrawnManyTimesAtOnce() throws Exception {
        MarketSeries series = noise(10, 400);
        List<CompletableFuture<byte[]>> drawings = new ArrayList<>();
        for (int drawing = 0; drawing < 8; drawing++) {
            drawings.add(CompletableFuture.supplyAsync(() -> SvgFigure.of(series, CAPTION)));
        }
        byte[] alone = SvgFigure.of(series, CAPTION);
        for (CompletableFuture<byte[]> drawing : drawings) {
            assertThat(drawing.get()).isEqualTo(alone);
        }
    }

    @Test
    void shouldKeepPeaksOfLongRuns() {
        double[] values = new double[100_000];
        values[77_777] = 1;
        SeriesLine line = SeriesLine.of(values, values.length, 100, false);
        assertThat(line.times()).hasSizeLessThanOrEqualTo(201).hasSameSizeAs(line.values());
        assertThat(Arrays.stream(line.values()).max()).hasValue(1);
    }

    @Test
    void shouldHoldAPriceUntilTheNext() {
        SeriesLine line = SeriesLine.of(new double[] {1, 3, 2, 0}, 3, 100, true);
        assertThat(line.times()).containsExactly(0, 1, 1, 2, 2);
        assertThat(line.values()).containsExactly(1, 1, 3, 3, 2);
    }

    @Test
    void shouldSayInOneLineThatThisRuntimeCannotDraw() {
        assertThatThrownBy(() -> MarketFigure.drawn(() -> {
                    throw new InternalError(new IllegalStateException("no fonts\nat all"));
                }))
                .isInstanceOf(FigureUnavailableException.class)
                .hasMessageStartingWith("this Java runtime cannot draw")
                .hasMessageEndingWith("java.lang.IllegalStateException: no fonts");
    }

    @Test
    void shouldNotBlameTheRuntimeForWhatIsNotItsFault() {
        assertThatThrownBy(() -> MarketFigure.drawn(() -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOf(OutOfMemoryError.class);
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

    private BufferedImage png(MarketSeries series, FigureCaption caption) throws IOException {
        Path path = directory.resolve("market.png");
        MarketFigure.writePng(path, series, caption);
        return ImageIO.read(path.toFile());
    }

    private static List<Element> paths(Document svg) {
        NodeList nodes = svg.getElementsByTagName("path");
        List<Element> paths = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            Element path = (Element) nodes.item(index);
            if (path.getAttribute("fill").equals("none")) {
                paths.add(path);
            }
        }
        return paths;
    }

    private static String inherited(Element element, String attribute) {
        if (element.hasAttribute(attribute)) {
            return element.getAttribute(attribute);
        }
        return element.getParentNode() instanceof Element parent ? inherited(parent, attribute) : "";
    }

    private static int ink(BufferedImage image, int rows) {
        int dark = 0;
        for (int pixel : image.getRGB(0, 0, image.getWidth(), rows, null, 0, image.getWidth())) {
            dark += (pixel & 0xFF) < 0x80 ? 1 : 0;
        }
        return dark;
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
