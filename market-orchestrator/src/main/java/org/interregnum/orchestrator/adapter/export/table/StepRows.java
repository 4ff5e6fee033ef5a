package org.interregnum.orchestrator.adapter.export.table;

import static org.interregnum.orchestrator.adapter.export.table.ColumnType.DOUBLE;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.INT32;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.INT64;
import static org.interregnum.orchestrator.adapter.export.table.ColumnType.TEXT;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;

/** The table {@code steps}: what happened in a step, and who decided it. */
final class StepRows {
    static final List<Column> COLUMNS = List.of(
            Column.of("step", INT64, "number of the step, from 1"),
            Column.of("seller", INT32, "seller that could change its price, from 0"),
            Column.of("old_price", DOUBLE, "its price before the step, in units of utility"),
            Column.of("new_price", DOUBLE, "its price after the step, in units of utility"),
            Column.of("active_buyers", INT32, "number of buyers that chose in this step, models among them"),
            Column.of("changed_buyers", INT32, "number of those whose choice changed"),
            Column.of("buying", INT32, "number of all buyers that buy from some seller after the step"),
            Column.of("model_buyers", INT32, "number of buyers that are models and chose in this step"),
            Column.of("changed_impressions", INT32, "number of those whose impression of their seller changed"),
            Column.optional("price_agent", TEXT, "implementation of the agent that decided the price"),
            Column.optional("price_version", TEXT, "its version"),
            Column.optional("price_strategy", TEXT, "strategy that it followed, such as rule"),
            Column.optional("price_model", TEXT, "model that was asked; none for a rule"),
            Column.optional("price_outcome", TEXT, "rule, model, repaired, replayed or fallback"),
            Column.optional("price_reason", TEXT, "why the outcome is what it is; none where it needs no reason"),
            Column.optional(
                    "choice_agent",
                    TEXT,
                    "implementation of the agent that decided for the buyers that follow the rule; none, as in the next"
                            + " columns, where no such buyer was active"),
            Column.optional("choice_version", TEXT, "its version"),
            Column.optional("choice_strategy", TEXT, "strategy that it followed"),
            Column.optional("choice_outcome", TEXT, "the least plain outcome of its answers"),
            Column.optional("choice_reason", TEXT, "why that outcome is what it is; none where it needs no reason"));

    private StepRows() {}

    static void write(StepTaken step, MarketState state, Rows rows) throws IOException {
        Decider price = step.priceDecider();
        Decider choice = step.choiceDecider();
        rows.write(
                step.step(),
                step.seller(),
                step.oldPrice(),
                step.newPrice(),
                step.activeBuyers().length,
                step.changedBuyers().length,
                Arrays.stream(state.customers()).sum(),
                modelBuyers(step),
                step.modelBuyers().impressionBuyers().length,
                price == null ? null : price.agent(),
                price == null ? null : price.version(),
                price == null ? null : price.strategy(),
                price == null ? null : unlessEmpty(price.model()),
                outcome(price),
                price == null ? null : unlessEmpty(price.reason()),
                choice == null ? null : choice.agent(),
                choice == null ? null : choice.version(),
                choice == null ? null : choice.strategy(),
                outcome(choice),
                choice == null ? null : unlessEmpty(choice.reason()));
    }

    private static int modelBuyers(StepTaken step) {
        return step.modelBuyers().decisions().stream()
                .filter(decisions -> decisions.kind() == DecisionKind.CHOICE)
                .mapToInt(decisions -> decisions.buyers().length)
                .sum();
    }

    private static String outcome(Decider decider) {
        return decider == null ? null : decider.outcome().name().toLowerCase(Locale.ROOT);
    }

    static String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
