package org.interregnum.orchestrator.adapter.export.table;

import static org.interregnum.orchestrator.adapter.export.table.ColumnType.BOOLEAN;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.DOUBLE;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.INT32;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.INT64;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.TEXT;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelReport;

/** The table {@code decisions}: what a model decided, and what that took. */
final class DecisionRows {
    static final List<Column> COLUMNS = List.of(
            Column.of("step", INT64, "number of the step, from 1"),
            Column.of("kind", TEXT, "price, impression or choice"),
            Column.of("subject", INT32, "number of the seller (of a price) or buyer (of the others), from 0"),
            Column.of("outcome", TEXT, "model, repaired, replayed, fallback or undecided"),
            Column.optional("reason", TEXT, "why the outcome is what it is; none where it needs no reason"),
            Column.of("in_log", BOOLEAN, "whether the step is in the log, which then rests on this decision"),
            Column.optional("price", DOUBLE, "the price decided, in units of utility"),
            Column.optional("impression", TEXT, "the impression decided: terrible, bad, neutral, good or excellent"),
            Column.optional("choice", INT32, "the seller chosen, -1 for none"),
            Column.optional("stated_reason", TEXT, "the reason that the model gave"),
            Column.of("agent", TEXT, "implementation of the agent that asked the model"),
            Column.of("version", TEXT, "its version"),
            Column.of("strategy", TEXT, "strategy that it followed"),
            Column.of("endpoint", TEXT, "where the model was asked"),
            Column.of("provider", TEXT, "interface that the endpoint speaks: openai, anthropic or ollama"),
            Column.of("model", TEXT, "name of the model that was asked"),
            Column.optional("provider_model", TEXT, "the model as the provider named it in its last answer"),
            Column.optional("temperature", DOUBLE, "temperature of sampling; none for the provider's default"),
            Column.optional("prompt_variant", TEXT, "name of the prompt's wording"),
            Column.optional("prompt_hash", TEXT, "SHA-256 of its templates"),
            Column.of("attempts", INT32, "number of calls"),
            Column.optional("input_tokens", INT64, "tokens of the questions, summed over the calls that told of any"),
            Column.optional("output_tokens", INT64, "tokens of the answers, likewise"),
            Column.optional("cost", DOUBLE, "money spent as far as tokens were counted; none without prices"),
            Column.of("charged_tokens", INT64, "tokens counted against the budget"),
            Column.optional("charged_cost", DOUBLE, "money counted against the budget"),
            Column.of("lost_calls", INT64, "calls counted against the budget besides the attempts"),
            Column.of("latency_ms", DOUBLE, "time that the calls took, in milliseconds"));

    private DecisionRows() {}

    /** @param lastStep last step in the log */
    static void write(DecisionRecord decision, long lastStep, Rows rows) throws IOException {
        ModelAnswer answer = decision.answer();
        ModelReport report = answer.report();
        List<ModelCall> calls = report.calls();
        rows.write(
                decision.step(),
                word(decision.kind()),
                decision.subject(),
                word(answer.outcome()),
                StepRows.unlessEmpty(answer.reason()),
                answer.outcome() != DecisionOutcome.UNDECIDED && decision.step() <= lastStep,
                answer.decision() instanceof ModelDecision.Price price ? price.price() : null,
                answer.decision() instanceof ModelDecision.OfImpression impression
                        ? word(impression.impression())
                        : null,
                answer.decision() instanceof ModelDecision.Choice choice ? choice.seller() : null,
                StepRows.unlessEmpty(report.statedReason()),
                answer.agent().name(),
                answer.agent().version(),
                answer.agent().strategy(),
                decision.model().endpoint(),
                word(decision.model().provider()),
                decision.model().model(),
                providerModel(calls),
                decision.model().temperature(),
                StepRows.unlessEmpty(report.promptVariant()),
                StepRows.unlessEmpty(report.promptHash()),
                calls.size(),
                sum(calls.stream().map(ModelCall::inputTokens).toList()),
                sum(calls.stream().map(ModelCall::outputTokens).toList()),
                unlessNaN(decision.cost()),
                report.chargedTokens(),
                unlessNaN(report.chargedCost()),
                report.lostCalls(),
                calls.stream().mapToLong(ModelCall::latencyNanos).sum() / 1e6);
    }

    private static String providerModel(List<ModelCall> calls) {
        return calls.stream()
                .map(ModelCall::model)
                .filter(name -> !name.isEmpty())
                .reduce((one, next) -> next)
                .orElse(null);
    }

    /** Counts that a provider did not tell are negative. */
    private static Long sum(List<Long> counts) {
        return counts.stream().filter(count -> count >= 0).reduce(Long::sum).orElse(null);
    }

    private static Double unlessNaN(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
