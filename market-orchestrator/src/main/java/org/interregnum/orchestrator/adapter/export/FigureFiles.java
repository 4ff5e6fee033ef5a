package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a drawing as a file in pixels and one in lines. */
public final class FigureFiles {
    private FigureFiles() {}

    /**
     * Writes {@code NAME.png} and {@code NAME.svg}; what was there is replaced.
     *
     * @param directory where they go; it is there
     * @throws ExportException when one of them cannot be written
     * @throws FigureUnavailableException when this Java runtime cannot draw
     */
    public static void write(Drawing drawing, Path directory, String name) {
        write(directory.resolve(name + ".png"), MarketFigure.drawn(() -> PngFigure.of(drawing)));
        write(directory.resolve(name + ".svg"), MarketFigure.drawn(() -> SvgFigure.of(drawing)));
    }

    private static void write(Path path, byte[] figure) {
        try {
            WholeFile.write(path, unfinished -> Files.write(unfinished, figure));
        } catch (IOException e) {
            throw ExportException.cannotWrite(path, e);
        }
    }
}
