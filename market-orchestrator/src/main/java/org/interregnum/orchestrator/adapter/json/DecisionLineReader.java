package org.interregnum.orchestrator.adapter.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.model.Impression;

/** Reads the lines that {@link DecisionLine} writes. Used by one thread. */
public final class DecisionLineReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    // Lines repeat what hardly ever changes; one object for each of such values keeps an index of many lines small.
    private final Map<Object, Object> known = new HashMap<>();

    /**
     * The decision in a line.
     *
     * @throws IllegalArgumentException when there is none in it; the message is the end of a sentence about the line
     */
    public DecisionRecord read(byte[] line) {
        JsonFields fields = parse(line);
        long version = fields.whole("format_version", 0);
        if (version != DecisionLine.FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "it has format version " + version + ", this program reads version " + DecisionLine.FORMAT_VERSION);
        }
        JsonChecksum.require(line);
        DecisionKind kind = fields.word("kind", DecisionKind.class);
        return new DecisionRecord(
                fields.whole("step", 1),
                kind,
                fields.integer(kind == DecisionKind.PRICE ? "seller" : "buyer", 0),
                once(model(fields)),
                answer(fields, kind),
                fields.numberOrNaN("cost"));
    }

    private static JsonFields parse(byte[] line) {
        try {
            return new JsonFields(JSON.readTree(line));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
    }

    private static ModelSettings model(JsonFields fields) {
        JsonFields asked = fields.object("asked");
        return new ModelSettings(
                asked.text("address"),
                fields.text("endpoint"),
                fields.word("provider", ModelProvider.class),
                fields.text("base_url"),
                fields.text("model"),
                fields.isNull("temperature") ? null : fields.number("temperature"),
                fields.word("structured", StructuredOutput.class),
                asked.text("prompt_variant"),
                asked.integer("max_output_tokens", 1),
                asked.integer("calls_in_flight", 1),
                callsPerMinute(asked),
                Duration.ofNanos(asked.nanosOfMillis("call_timeout_ms")),
                Duration.ofNanos(asked.nanosOfMillis("deadline_ms")),
                asked.numberOrNaN("input_price"),
                asked.numberOrNaN("output_price"));
    }

    /** Lines of earlier versions do not have it. */
    private static int callsPerMinute(JsonFields asked) {
        return asked.has("calls_per_minute") && !asked.isNull("calls_per_minute")
                ? asked.integer("calls_per_minute", 1)
                : ModelSettings.ANY_PACE;
    }

    private ModelAnswer answer(JsonFields fields, DecisionKind kind) {
        DecisionOutcome outcome = fields.word("outcome", DecisionOutcome.class);
        return new ModelAnswer(
                once(new AgentProfile(fields.text("agent"), fields.text("version"), fields.text("strategy"))),
                outcome == DecisionOutcome.UNDECIDED ? null : decision(fields, kind),
                outcome,
                once(fields.text("reason")),
                new ModelReport(
                        calls(fields),
                        once(fields.text("prompt_variant")),
                        once(fields.text("prompt_hash")),
                        statedReason(fields, kind),
                        fields.flag("allowance_spent"),
                        fields.whole("charged_tokens", 0),
                        fields.numberOrNaN("charged_cost"),
                        fields.whole("lost_calls", 0)));
    }

    private ModelDecision decision(JsonFields fields, DecisionKind kind) {
        return switch (kind) {
            case PRICE -> {
                double price = fields.number("decision");
                if (price < 0) {
                    throw new IllegalArgumentException("its price is below 0");
                }
                yield new ModelDecision.Price(price);
            }
            case IMPRESSION -> once(new ModelDecision.OfImpression(fields.word("decision", Impression.class)));
            case CHOICE -> once(new ModelDecision.Choice(fields.integer("decision", -1)));
        };
    }

    private static String statedReason(JsonFields fields, DecisionKind kind) {
        return fields.isNull("parsed") || kind == DecisionKind.IMPRESSION
                ? ""
                : fields.object("parsed").text("reason");
    }

    private static List<ModelCall> calls(JsonFields fields) {
        List<ChatText> prompt = messages(fields, "prompt");
        List<ModelCall> calls = new ArrayList<>();
        for (JsonFields call : fields.objects("calls")) {
            String model = call.textOrNull("model");
            calls.add(new ModelCall(
                    call.flag("repair"),
                    call.isNull("messages") ? prompt : messages(call, "messages"),
                    call.textOrNull("answer"),
                    call.textOrNull("failure"),
                    call.integer("status", 0),
                    model == null ? "" : model,
                    call.count("input_tokens"),
                    call.count("output_tokens"),
                    call.nanosOfMillis("latency_ms")));
        }
        return List.copyOf(calls);
    }

    private static List<ChatText> messages(JsonFields fields, String name) {
        return fields.objects(name).stream()
                .map(message -> new ChatText(message.text("role"), message.text("content")))
                .toList();
    }

    /** The first of all equal values. */
    @SuppressWarnings("unchecked")
    private <T> T once(T value) {
        return (T) known.computeIfAbsent(value, first -> first);
    }
}
