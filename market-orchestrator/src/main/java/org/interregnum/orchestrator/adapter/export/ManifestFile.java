package org.interregnum.orchestrator.adapter.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;

/** A JSON object in a file for people and programs: laid out in lines, with its checksum at the end. */
final class ManifestFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Separators LAYOUT = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private ManifestFile() {}

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        /** Writes them. */
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Writes a file; whoever reads meanwhile sees the old one or the new one, never a part.
     *
     * @param listsInLines whether each element of a list has a line of its own
     * @throws ExportException when it cannot be written
     */
    static void write(Path path, boolean listsInLines, Fields fields) {
        try {
            WholeFile.write(path, unfinished -> Files.write(unfinished, bytes(listsInLines, fields)));
        } catch (IOException e) {
            throw ExportException.cannotWrite(path, e);
        }
    }

    private static byte[] bytes(boolean listsInLines, Fields fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            DefaultPrettyPrinter layout = new DefaultPrettyPrinter(LAYOUT).withObjectIndenter(LINES);
            json.setPrettyPrinter(listsInLines ? layout.withArrayIndenter(LINES) : layout);
            json.writeStartObject();
            fields.write(json);
            json.flush();
            JsonChecksum.write(json, out.toByteArray());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return out.toByteArray();
    }
}
