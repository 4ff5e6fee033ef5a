package org.interregnum.orchestrator.adapter.export.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A table as Apache Parquet. Values are kept by dictionaries, which the few shares and prices of a market suit, and not
 * compressed otherwise: that would need code for each kind of machine. What a column says is in the file's metadata under
 * {@code column.} and its name.
 */
final class ParquetTable implements RowWriter {
    /** Bytes of rows that are in memory. */
    private static final long ROW_GROUP = 16L << 20;

    private final List<Column> columns;
    private final MessageType schema;
    private final ParquetWriter<Group> parquet;

    ParquetTable(Path path, List<Column> columns) throws IOException {
        this.columns = columns;
        schema = new MessageType("row", columns.stream().map(ParquetTable::type).toList());
        Map<String, String> contents = new LinkedHashMap<>();
        columns.forEach(column -> contents.put("column." + column.name(), column.content()));
        parquet = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withExtraMetaData(contents)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withRowGroupSize(ROW_GROUP)
                .build();
    }

    private static Type type(Column column) {
        PrimitiveTypeName name = switch (column.type()) {
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64 -> PrimitiveTypeName.INT64;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case TEXT -> PrimitiveTypeName.BINARY;
        };
        var type = Types.primitive(name, column.optional() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED);
        return (column.type() == ColumnType.TEXT ? type.as(LogicalTypeAnnotation.stringType()) : type)
                .named(column.name());
    }

    @Override
    public void write(Object... row) throws IOException {
        Group group = new SimpleGroup(schema);
        for (int column = 0; column < row.length; column++) {
            if (row[column] != null) {
                add(group, column, row[column]);
            }
        }
        parquet.write(group);
    }

    private void add(Group group, int column, Object value) {
        switch (columns.get(column).type()) {
            case INT32 -> group.add(column, (Integer) value);
            case INT64 -> group.add(column, (Long) value);
            case DOUBLE -> group.add(column, (Double) value);
            case BOOLEAN -> group.add(column, (Boolean) value);
            case TEXT -> group.add(column, (String) value);
        }
    }

    @Override
    public void close() throws IOException {
        parquet.close();
    }
}
