package org.interregnum.orchestrator.adapter.export;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.decision.DecisionStatistics;

/** What {@code run.json} says of the models of a run: who they are, what they may spend, what they decided and used. */
final class ModelManifest {
    private final JsonGenerator json;

    ModelManifest(JsonGenerator json) {
        this.json = json;
    }

    void write(ModelAssignment assignment, DecisionRules rules, List<DecisionStatistics.Line> lines)
            throws IOException {
        writeAssignment(assignment);
        writeRules(rules);
        json.writeArrayFieldStart("models");
        boolean isScripted = false;
        for (DecisionStatistics.Line line : lines) {
            isScripted |= line.isScripted();
            writeLine(line);
        }
        json.writeEndArray();
        if (isScripted) {
            json.writeBooleanField("scripted", true);
        }
    }

    private void writeAssignment(ModelAssignment assignment) throws IOException {
        json.writeObjectFieldStart("model_assignment");
        json.writeArrayFieldStart("sellers");
        for (SellerRange range : assignment.sellers()) {
            json.writeStartObject();
            json.writeNumberField("first", range.first());
            json.writeNumberField("last", range.last());
            json.writeStringField("information", name(range.information()));
            writeSettings(range.model());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("buyers");
        for (BuyerCohort cohort : assignment.buyers()) {
            json.writeStartObject();
            json.writeStringField("name", cohort.name());
            json.writeFieldName("buyers");
            // On one line: there may be thousands.
            json.writeRawValue(Arrays.toString(cohort.buyers()));
            writeSettings(cohort.model());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("activation", assignment.buyersActEveryStep() ? "every-step" : "scheduled");
        json.writeEndObject();
    }

    private void writeSettings(ModelSettings model) throws IOException {
        json.writeStringField("agent", model.agent().isEmpty() ? "in process" : model.agent());
        json.writeStringField("endpoint", model.endpoint());
        json.writeStringField("provider", name(model.provider()));
        json.writeStringField("base_url", model.baseUrl());
        json.writeStringField("model", model.model());
        RunManifest.writeNumber(json, "temperature", model.temperature() == null ? Double.NaN : model.temperature());
        json.writeStringField("structured", name(model.structured()));
        json.writeStringField("prompt", model.promptVariant());
        json.writeNumberField("max_output_tokens", model.maxOutputTokens());
        json.writeNumberField("in_flight", model.callsInFlight());
        writeLimit("calls_per_minute", model.hasPace() ? model.callsPerMinute() : Long.MAX_VALUE);
        RunManifest.writeNumber(
                json, "call_timeout_seconds", model.callTimeout().toMillis() / 1e3);
        RunManifest.writeNumber(json, "deadline_seconds", model.deadline().toMillis() / 1e3);
        RunManifest.writeNumber(json, "price_input", model.inputPrice());
        RunManifest.writeNumber(json, "price_output", model.outputPrice());
    }

    private void writeRules(DecisionRules rules) throws IOException {
        Budget budget = rules.budget();
        json.writeObjectFieldStart("limits");
        json.writeStringField("on_failure", name(rules.onFailure()));
        json.writeNumberField("max_fallback_rate", rules.maxFallbackRate());
        writeLimit("max_calls", budget.calls());
        writeLimit("max_tokens", budget.tokens());
        RunManifest.writeNumber(json, "max_cost", budget.cost());
        json.writeEndObject();
    }

    private void writeLimit(String name, long limit) throws IOException {
        if (limit == Long.MAX_VALUE) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, limit);
        }
    }

    private void writeLine(DecisionStatistics.Line line) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", line.key().kind());
        json.writeStringField("endpoint", line.key().endpoint());
        json.writeStringField("model", line.key().model());
        json.writeArrayFieldStart("provider_models");
        for (String model : line.providerModels()) {
            json.writeString(model);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("prompt_hashes");
        for (Map.Entry<DecisionKind, String> hash : line.promptHashes().entrySet()) {
            json.writeStringField(name(hash.getKey()), hash.getValue());
        }
        json.writeEndObject();
        writeTotals(line.all());
        json.writeObjectFieldStart("outcomes");
        for (Map.Entry<DecisionOutcome, DecisionStatistics.Totals> outcome :
                line.byOutcome().entrySet()) {
            json.writeObjectFieldStart(name(outcome.getKey()));
            writeTotals(outcome.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeTotals(DecisionStatistics.Totals totals) throws IOException {
        json.writeNumberField("decisions", totals.decisions());
        json.writeNumberField("calls", totals.calls());
        json.writeObjectFieldStart("tokens");
        json.writeNumberField("input", totals.inputTokens());
        json.writeNumberField("output", totals.outputTokens());
        json.writeEndObject();
        RunManifest.writeNumber(json, "cost", totals.cost());
        json.writeObjectFieldStart("latency_ms");
        RunManifest.writeNumber(json, "median", totals.medianMillis());
        RunManifest.writeNumber(json, "p95", totals.percentile95Millis());
        json.writeEndObject();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace("price_only", "price-only");
    }
}
