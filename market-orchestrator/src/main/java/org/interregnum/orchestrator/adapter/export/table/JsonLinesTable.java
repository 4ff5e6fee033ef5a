package org.interregnum.orchestrator.adapter.export.table;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table as JSON, an object a line; no value is null. */
final class JsonLinesTable implements RowWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final List<Column> columns;
    private final JsonGenerator json;

    JsonLinesTable(Path path, List<Column> columns) throws IOException {
        this.columns = columns;
        json = JSON.createGenerator(Files.newOutputStream(path), JsonEncoding.UTF8);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void write(Object... row) throws IOException {
        json.writeStartObject();
        for (int column = 0; column < row.length; column++) {
            json.writeFieldName(columns.get(column).name());
            Object value = row[column];
            if (value == null) {
                json.writeNull();
            } else {
                switch (columns.get(column).type()) {
                    case INT32 -> json.writeNumber((Integer) value);
                    case INT64 -> json.writeNumber((Long) value);
                    case DOUBLE -> json.writeNumber((Double) value);
                    case BOOLEAN -> json.writeBoolean((Boolean) value);
                    case TEXT -> json.writeString((String) value);
                }
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
