package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.interregnum.orchestrator.adapter.export.FigureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapPanelTest {
    @TempDir
    private Path directory;

    @Test
    void shouldDrawManyCellsAsPixels() throws Exception {
        Axis x = axis("J", 200);
        Axis y = axis("rho", 100);
        MapPanel map = new MapPanel(
                "",
                x,
                y,
                (column, row) -> new Cell(column < 100 ? Color.RED : Color.GREEN, List.of("0.5")),
                (graphics, height) -> {},
                List.of());

        FigureFiles.write(new PanelFigure("Map", List.of(), List.of(map), 1, 500), directory, "map");

        assertThat(directory.resolve("map.svg")).content().contains("data:image/png;base64,");
        // As shapes it would be twenty thousand times a hundred bytes.
        assertThat(Files.size(directory.resolve("map.svg"))).isLessThan(500_000);
        BufferedImage image = ImageIO.read(directory.resolve("map.png").toFile());
        assertThat(image.getRGB(300, 400)).isEqualTo(Color.RED.getRGB());
        assertThat(image.getRGB(1000, 400)).isEqualTo(Color.GREEN.getRGB());
    }

    private static Axis axis(String name, int count) {
        return Axis.of(
                name, IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
}
