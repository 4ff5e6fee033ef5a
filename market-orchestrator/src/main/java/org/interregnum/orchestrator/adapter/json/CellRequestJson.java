package org.interregnum.orchestrator.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.sweep.CellLimits;
import org.interregnum.orchestrator.sweep.CellRequest;
import org.interregnum.orchestrator.sweep.CellResult;
import org.interregnum.orchestrator.sweep.SweepSource;

/** Requests to run cells and what came of them, as JSON. */
public final class CellRequestJson {
    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper();

    private CellRequestJson() {}

    /** A request. */
    public static String write(CellRequest request) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("format_version", VERSION);
            json.writeStringField("sweep", request.sweep());
            json.writeNumberField("cell", request.cell());
            json.writeNumberField("attempt", request.attempt());
            json.writeStringField("program_version", request.programVersion());
            json.writeBooleanField("keep", request.isKept());
            write(json, request.limits());
            json.writeObjectFieldStart("request");
            write(json, request.source());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What has no limit is null. */
    private static void write(JsonGenerator json, CellLimits limits) throws IOException {
        json.writeObjectFieldStart("limits");
        json.writeFieldName("calls");
        json.writeObject(limits.calls() == Long.MAX_VALUE ? null : limits.calls());
        json.writeFieldName("tokens");
        json.writeObject(limits.tokens() == Long.MAX_VALUE ? null : limits.tokens());
        json.writeFieldName("cost");
        json.writeObject(limits.cost() == Double.POSITIVE_INFINITY ? null : limits.cost());
        json.writeEndObject();
    }

    private static CellLimits limits(JsonFields fields) {
        return new CellLimits(
                fields.isNull("calls") ? Long.MAX_VALUE : fields.whole("calls", 0),
                fields.isNull("tokens") ? Long.MAX_VALUE : fields.whole("tokens", 0),
                fields.isNull("cost") ? Double.POSITIVE_INFINITY : fields.number("cost"));
    }

    /** The fields of what was asked for. */
    public static void write(JsonGenerator json, SweepSource source) throws IOException {
        json.writeObjectFieldStart("options");
        for (Map.Entry<String, String> option : source.options().entrySet()) {
            json.writeStringField(option.getKey(), option.getValue());
        }
        json.writeEndObject();
        json.writeStringField("seeds", source.seeds().orElse(null));
        json.writeStringField("repetitions", source.repetitions().orElse(null));
        if (!source.fileName().isEmpty()) {
            json.writeObjectFieldStart("file");
            json.writeStringField("name", source.fileName());
            json.writeStringField("text", source.fileText());
            json.writeEndObject();
        }
    }

    /** What was asked for, of an object with these fields. */
    public static SweepSource source(JsonNode asked) {
        Map<String, String> options = new LinkedHashMap<>();
        asked.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return new SweepSource(
                options,
                Optional.ofNullable(asked.path("seeds").textValue()),
                Optional.ofNullable(asked.path("repetitions").textValue()),
                asked.path("file").path("name").asText(""),
                asked.path("file").path("text").asText(""));
    }

    /**
     * The request in a text.
     *
     * @throws IllegalArgumentException when there is none in it; the message is the end of a sentence about it
     */
    public static CellRequest request(String text) {
        JsonNode object = parse(text);
        JsonFields fields = new JsonFields(object);
        return new CellRequest(
                fields.text("sweep"),
                fields.integer("cell", 0),
                fields.integer("attempt", 0),
                fields.text("program_version"),
                source(object.path("request")),
                fields.flag("keep"),
                limits(fields.object("limits")));
    }

    /** A result. */
    public static String write(CellResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("format_version", VERSION);
            json.writeStringField("sweep", result.sweep());
            json.writeNumberField("attempt", result.attempt());
            json.writeStringField("orchestrator", result.orchestrator());
            write(json, result.limits());
            json.writeFieldName("outcome");
            json.writeRawValue(CellOutcomeJson.write(result.outcome()));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The result in a text.
     *
     * @throws IllegalArgumentException when there is none in it; the message is the end of a sentence about it
     */
    public static CellResult result(String text) {
        JsonNode object = parse(text);
        JsonFields fields = new JsonFields(object);
        return new CellResult(
                fields.text("sweep"),
                fields.integer("attempt", 0),
                fields.text("orchestrator"),
                object.has("limits") ? limits(fields.object("limits")) : CellLimits.NONE,
                CellOutcomeJson.read(object.path("outcome").toString()));
    }

    private static JsonNode parse(String text) {
        JsonNode object;
        try {
            object = MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
        long version = new JsonFields(object).whole("format_version", 0);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "it has format version " + version + ", this program reads version " + VERSION);
        }
        return object;
    }
}
