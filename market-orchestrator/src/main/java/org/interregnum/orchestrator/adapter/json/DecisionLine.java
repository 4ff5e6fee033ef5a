package org.interregnum.orchestrator.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelSettings;

/** Writes a decision as a line of JSON; {@link DecisionLineReader} reads it back. docs/files.md tells of every key. */
public final class DecisionLine {
    static final int FORMAT_VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final DecisionRecord decision;
    private final List<ModelCall> calls;

    private DecisionLine(JsonGenerator json, DecisionRecord decision) {
        this.json = json;
        this.decision = decision;
        this.calls = decision.answer().report().calls();
    }

    /** The line with its end, in UTF-8. */
    public static byte[] of(DecisionRecord decision) {
        // By way of a string, because half a surrogate pair, which a model may well send, is then no error but a '?'.
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            new DecisionLine(json, decision).write();
            json.flush();
            JsonChecksum.write(json, line.toString().getBytes(StandardCharsets.UTF_8));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write() throws IOException {
        ModelAnswer answer = decision.answer();
        json.writeStartObject();
        json.writeNumberField("format_version", FORMAT_VERSION);
        json.writeNumberField("step", decision.step());
        json.writeStringField("kind", word(decision.kind()));
        json.writeNumberField(decision.kind() == DecisionKind.PRICE ? "seller" : "buyer", decision.subject());
        json.writeStringField("agent", answer.agent().name());
        json.writeStringField("version", answer.agent().version());
        json.writeStringField("strategy", answer.agent().strategy());
        writeModel(decision.model());
        json.writeStringField("prompt_variant", answer.report().promptVariant());
        json.writeStringField("prompt_hash", answer.report().promptHash());
        json.writeFieldName("prompt");
        writeMessages(calls.isEmpty() ? List.of() : calls.get(0).messages());
        json.writeStringField("raw_answer", lastAnswer());
        writeDecision(answer);
        json.writeStringField("outcome", word(answer.outcome()));
        json.writeStringField("reason", answer.reason());
        writeUse();
        json.writeArrayFieldStart("calls");
        for (ModelCall call : calls) {
            writeCall(call);
        }
        json.writeEndArray();
    }

    private void writeModel(ModelSettings model) throws IOException {
        json.writeStringField("endpoint", model.endpoint());
        json.writeStringField("provider", word(model.provider()));
        json.writeStringField("base_url", model.baseUrl());
        json.writeStringField("model", model.model());
        json.writeStringField("provider_model", providerModel());
        writeNumber("temperature", model.temperature() == null ? Double.NaN : model.temperature());
        json.writeStringField("structured", word(model.structured()));
        json.writeObjectFieldStart("asked");
        json.writeStringField("address", model.agent());
        json.writeStringField("prompt_variant", model.promptVariant());
        json.writeNumberField("max_output_tokens", model.maxOutputTokens());
        json.writeNumberField("calls_in_flight", model.callsInFlight());
        if (model.hasPace()) {
            json.writeNumberField("calls_per_minute", model.callsPerMinute());
        } else {
            json.writeNullField("calls_per_minute");
        }
        writeMillis("call_timeout_ms", model.callTimeout().toNanos());
        writeMillis("deadline_ms", model.deadline().toNanos());
        writeNumber("input_price", model.inputPrice());
        writeNumber("output_price", model.outputPrice());
        json.writeEndObject();
    }

    private void writeDecision(ModelAnswer answer) throws IOException {
        boolean decided = answer.outcome() != DecisionOutcome.UNDECIDED;
        json.writeFieldName("parsed");
        if (decided && answer.outcome() != DecisionOutcome.FALLBACK) {
            json.writeStartObject();
            writeValue(parsedKey(decision.kind()), answer.decision());
            if (decision.kind() != DecisionKind.IMPRESSION) {
                json.writeStringField("reason", answer.report().statedReason());
            }
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        if (decided) {
            writeValue("decision", answer.decision());
        } else {
            json.writeNullField("decision");
        }
    }

    static String parsedKey(DecisionKind kind) {
        return switch (kind) {
            case PRICE -> "price";
            case IMPRESSION -> "impression";
            case CHOICE -> "seller";
        };
    }

    private void writeValue(String name, ModelDecision value) throws IOException {
        if (value instanceof ModelDecision.Price price) {
            json.writeNumberField(name, price.price());
        } else if (value instanceof ModelDecision.OfImpression impression) {
            json.writeStringField(name, word(impression.impression()));
        } else if (value instanceof ModelDecision.Choice choice) {
            json.writeNumberField(name, choice.seller());
        }
    }

    private void writeUse() throws IOException {
        json.writeObjectFieldStart("tokens");
        writeCount("input", sum(ModelCall::inputTokens));
        writeCount("output", sum(ModelCall::outputTokens));
        json.writeEndObject();
        writeNumber("cost", decision.cost());
        json.writeNumberField("charged_tokens", decision.answer().report().chargedTokens());
        writeNumber("charged_cost", decision.answer().report().chargedCost());
        json.writeNumberField("lost_calls", decision.answer().report().lostCalls());
        json.writeBooleanField("allowance_spent", decision.answer().report().allowanceSpent());
        writeMillis(
                "latency_ms", calls.stream().mapToLong(ModelCall::latencyNanos).sum());
        json.writeNumberField("attempts", calls.size());
    }

    private void writeCall(ModelCall call) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("repair", call.isRepair());
        json.writeFieldName("messages");
        if (call.messages().equals(calls.get(0).messages())) {
            json.writeNull();
        } else {
            writeMessages(call.messages());
        }
        json.writeStringField("answer", call.answer());
        json.writeStringField("failure", call.failure());
        json.writeNumberField("status", call.status());
        json.writeStringField("model", call.model().isEmpty() ? null : call.model());
        writeCount("input_tokens", call.inputTokens());
        writeCount("output_tokens", call.outputTokens());
        writeMillis("latency_ms", call.latencyNanos());
        json.writeEndObject();
    }

    private void writeMessages(List<ChatText> messages) throws IOException {
        json.writeStartArray();
        for (ChatText message : messages) {
            json.writeStartObject();
            json.writeStringField("role", message.role());
            json.writeStringField("content", message.content());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private String lastAnswer() {
        String last = null;
        for (ModelCall call : calls) {
            last = call.answer() == null ? last : call.answer();
        }
        return last;
    }

    private String providerModel() {
        String last = null;
        for (ModelCall call : calls) {
            last = call.model().isEmpty() ? last : call.model();
        }
        return last;
    }

    /** The sum of what was told; −1 when nothing was. */
    private long sum(ToLongFunction<ModelCall> tokens) {
        return calls.stream()
                .mapToLong(tokens)
                .filter(count -> count >= 0)
                .reduce((one, other) -> one + other)
                .orElse(-1);
    }

    private void writeCount(String name, long count) throws IOException {
        if (count < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, count);
        }
    }

    /** JSON knows no NaN. */
    private void writeNumber(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private void writeMillis(String name, long nanos) throws IOException {
        BigDecimal millis = BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP);
        json.writeNumberField(name, millis);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
