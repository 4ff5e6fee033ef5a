package org.interregnum.orchestrator.adapter.json;

import com.fasterxml.jackson.core.JacksonException;
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
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellStatus;
import org.interregnum.orchestrator.sweep.CellUse;

/** What a cell of a sweep came to, as JSON in one line; numbers read back as the same bits. */
public final class CellOutcomeJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper();

    private CellOutcomeJson() {}

    /** The JSON, without an end of the line. */
    public static String write(CellOutcome outcome) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("cell", outcome.cell());
            json.writeStringField("status", outcome.status().inFiles());
            json.writeStringField("reason", outcome.reason());
            json.writeNumberField("steps", outcome.steps());
            json.writeStringField("regime", outcome.regime());
            json.writeObjectFieldStart("order_parameters");
            for (Map.Entry<String, Double> parameter : outcome.orderParameters().entrySet()) {
                writeNumber(json, parameter.getKey(), parameter.getValue());
            }
            json.writeEndObject();
            if (outcome.use().isPresent()) {
                write(json, outcome.use().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void write(JsonGenerator json, CellUse use) throws IOException {
        json.writeObjectFieldStart("use");
        json.writeNumberField("calls", use.calls());
        json.writeNumberField("tokens", use.tokens());
        writeNumber(json, "cost", use.cost());
        json.writeNumberField("fallbacks", use.fallbacks());
        json.writeNumberField("charged_calls", use.chargedCalls());
        json.writeNumberField("charged_tokens", use.chargedTokens());
        writeNumber(json, "charged_cost", use.chargedCost());
        json.writeEndObject();
    }

    /** JSON does not know NaN. */
    private static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    /**
     * The outcome in a line.
     *
     * @throws IllegalArgumentException when there is none in it; the message is the end of a sentence about the line
     */
    public static CellOutcome read(String line) {
        try {
            JsonNode object = MAPPER.readTree(line);
            JsonFields fields = new JsonFields(object);
            return new CellOutcome(
                    fields.integer("cell", 0),
                    fields.word("status", CellStatus.class),
                    fields.text("reason"),
                    fields.whole("steps", 0),
                    fields.text("regime"),
                    orderParameters(object.path("order_parameters")),
                    object.has("use") ? Optional.of(use(fields.object("use"))) : Optional.empty());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Double> orderParameters(JsonNode object) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> parameters.put(
                        field.getKey(),
                        field.getValue().isNumber() ? field.getValue().doubleValue() : Double.NaN));
        return parameters;
    }

    private static CellUse use(JsonFields fields) {
        return new CellUse(
                fields.whole("calls", 0),
                fields.whole("tokens", 0),
                fields.numberOrNaN("cost"),
                fields.whole("fallbacks", 0),
                fields.whole("charged_calls", 0),
                fields.whole("charged_tokens", 0),
                fields.numberOrNaN("charged_cost"));
    }
}
