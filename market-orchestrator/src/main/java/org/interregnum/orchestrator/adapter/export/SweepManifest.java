package org.interregnum.orchestrator.adapter.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.interregnum.orchestrator.adapter.json.CellRequestJson;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.SweepGrid;
import org.interregnum.orchestrator.sweep.SweepManner;
import org.interregnum.orchestrator.sweep.SweepSource;
import org.interregnum.orchestrator.sweep.SweptSetting;

/**
 * What {@code sweep.json} says of a sweep: what its grid is, how far it is, and what was asked for.
 *
 * @param id identifier of the sweep
 * @param grid what tells its grid from every other
 * @param programVersion version of the program
 * @param status {@code running}, {@code finished}, {@code failed}, {@code budget_spent} or {@code interrupted}
 * @param swept the swept settings, the slowest first
 * @param numbers names of the settings whose values are numbers
 * @param fixed the values of the other settings that were given
 * @param seeds the seeds of the runs
 * @param cells number of cells
 * @param counts number of cells by how they ended; the others are missing
 * @param columns columns of the table, in order
 * @param started when it was first started
 * @param ended when this was written
 * @param manner how it is run
 * @param source what was asked for, word for word
 */
public record SweepManifest(
        String id,
        String grid,
        String programVersion,
        String status,
        SweepGrid swept,
        Set<String> numbers,
        Map<String, String> fixed,
        List<String> seeds,
        int cells,
        Map<CellStatus, Integer> counts,
        List<String> columns,
        Instant started,
        Instant ended,
        SweepManner manner,
        SweepSource source) {
    /** Status of a sweep that goes on, or was killed. */
    public static final String RUNNING = "running";

    private static final int VERSION = 1;

    /**
     * What an earlier process wrote.
     *
     * @param id identifier of the sweep
     * @param grid what tells its grid from every other
     * @param programVersion version of the program
     * @param started when it was first started
     * @param manner how it was run
     * @param source what was asked for
     */
    public record Before(
            String id, String grid, String programVersion, Instant started, SweepManner manner, SweepSource source) {}

    /**
     * Reads what an earlier process wrote; empty when there is none.
     *
     * @throws ExportException when there is something else
     */
    public static Optional<Before> before(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            byte[] text = Files.readAllBytes(path);
            JsonChecksum.require(text);
            JsonNode root = new JsonMapper().readTree(text);
            return Optional.of(new Before(
                    root.required("id").textValue(),
                    root.required("grid").textValue(),
                    root.required("program_version").textValue(),
                    Instant.parse(root.required("started").textValue()),
                    new SweepManner(
                            root.path("at_once").canConvertToInt()
                                    ? Optional.of(root.path("at_once").intValue())
                                    : Optional.empty(),
                            root.path("keep_runs").asBoolean()),
                    CellRequestJson.source(root.path("request"))));
        } catch (IOException | RuntimeException e) {
            throw new ExportException("cannot read " + path + ": it is no manifest of a sweep, or damaged", e);
        }
    }

    /**
     * Writes the manifest; whoever reads meanwhile sees the old one or the new one, never a part.
     *
     * @throws ExportException when it cannot be written
     */
    public void write(Path path) {
        ManifestFile.write(path, false, this::writeFields);
    }

    private void writeFields(JsonGenerator json) throws IOException {
        json.writeNumberField("format_version", VERSION);
        json.writeStringField("id", id);
        json.writeStringField("status", status);
        json.writeNumberField("cells", cells);
        writeCounts(json);
        json.writeArrayFieldStart("swept");
        for (SweptSetting setting : swept.settings()) {
            json.writeStartObject();
            json.writeStringField("name", setting.name());
            writeValues(json, "values", setting.values(), numbers.contains(setting.name()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("fixed");
        for (Map.Entry<String, String> setting : fixed.entrySet()) {
            json.writeFieldName(setting.getKey());
            writeValue(json, setting.getValue(), numbers.contains(setting.getKey()));
        }
        json.writeEndObject();
        writeValues(json, "seeds", seeds, true);
        writeValues(json, "columns", columns, false);
        json.writeStringField("started", started.toString());
        json.writeStringField("ended", status.equals(RUNNING) ? null : ended.toString());
        json.writeStringField("program_version", programVersion);
        json.writeStringField("java_version", Runtime.version().toString());
        json.writeStringField("grid", grid);
        json.writeFieldName("at_once");
        json.writeObject(manner.atOnce().orElse(null));
        json.writeBooleanField("keep_runs", manner.keepsRuns());
        writeSource(json);
    }

    private void writeCounts(JsonGenerator json) throws IOException {
        int missing = cells;
        json.writeObjectFieldStart("counts");
        for (Map.Entry<CellStatus, Integer> count : counts.entrySet()) {
            json.writeNumberField(count.getKey().inFiles(), count.getValue());
            missing -= count.getValue();
        }
        json.writeNumberField("missing", missing);
        json.writeEndObject();
    }

    private void writeSource(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("request");
        CellRequestJson.write(json, source);
        json.writeEndObject();
    }

    private static void writeValues(JsonGenerator json, String name, List<String> values, boolean areNumbers)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            writeValue(json, value, areNumbers);
        }
        json.writeEndArray();
    }

    private static void writeValue(JsonGenerator json, String value, boolean isNumber) throws IOException {
        if (isNumber) {
            json.writeNumber(new BigDecimal(value));
        } else {
            json.writeString(value);
        }
    }
}
