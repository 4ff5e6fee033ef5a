package org.interregnum.orchestrator.adapter.export.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
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

    private final ParquetWriter<Object[]> parquet;

    ParquetTable(Path path, List<Column> columns) throws IOException {
        parquet = new Builder(new LocalOutputFile(path), columns)
                .withConf(new PlainParquetConfiguration())
                .withWriteMode(ParquetFileWriter.Mode.CREATE)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withRowGroupSize(ROW_GROUP)
                .build();
    }

    @Override
    public void write(Object... row) throws IOException {
        parquet.write(row);
    }

    @Override
    public void close() throws IOException {
        parquet.close();
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

    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final List<Column> columns;

        Builder(OutputFile file, List<Column> columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
            return new Rows(columns);
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return new Rows(columns);
        }
    }

    private static final class Rows extends WriteSupport<Object[]> {
        private final List<Column> columns;
        private RecordConsumer consumer;

        Rows(List<Column> columns) {
            this.columns = columns;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return context();
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return context();
        }

        private WriteContext context() {
            Map<String, String> contents = new LinkedHashMap<>();
            columns.forEach(column -> contents.put("column." + column.name(), column.content()));
            return new WriteContext(
                    new MessageType(
                            "row", columns.stream().map(ParquetTable::type).toList()),
                    contents);
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(Object[] row) {
            consumer.startMessage();
            for (int column = 0; column < row.length; column++) {
                if (row[column] != null) {
                    String name = columns.get(column).name();
                    consumer.startField(name, column);
                    add(columns.get(column).type(), row[column]);
                    consumer.endField(name, column);
                }
            }
            consumer.endMessage();
        }

        private void add(ColumnType type, Object value) {
            switch (type) {
                case INT32 -> consumer.addInteger((Integer) value);
                case INT64 -> consumer.addLong((Long) value);
                case DOUBLE -> consumer.addDouble((Double) value);
                case BOOLEAN -> consumer.addBoolean((Boolean) value);
                case TEXT -> consumer.addBinary(Binary.fromString((String) value));
            }
        }
    }
}
