package org.interregnum.orchestrator.sweeping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.interregnum.orchestrator.adapter.export.table.Column;
import org.interregnum.orchestrator.adapter.export.table.ColumnType;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.SweepRequest;
import org.interregnum.orchestrator.sweep.CellOutcome;
import org.interregnum.orchestrator.sweep.CellUse;

/** The columns of a sweep's table, and the row of a cell. */
final class SweepColumns {
    /** Order parameters with what they say; docs/analysis.md defines them. */
    private static final List<Column> ORDER_PARAMETERS = List.of(
            parameter("mean_leader_share", "mean share of the leading seller, in [0, 1]"),
            parameter("lead_changes_per_1000_steps", "changes of the lead per 1000 steps"),
            parameter("leader_order_parameter", "(M L - 1) / (M - 1) with L the mean share of the leading seller"),
            parameter("herfindahl_hirschman_index", "mean concentration among those who buy, in [1/M, 1]"),
            parameter("mean_transaction_price", "mean price that a buyer pays, in units of utility"),
            parameter("transaction_price_volatility", "standard deviation over time of that price"),
            parameter("industry_profit", "mean of what all sellers earn in a point, per buyer, in units of utility"),
            parameter("share_buying_nothing", "mean share of buyers who buy nothing, in [0, 1]"));

    private static final List<Column> USE = List.of(
            optional("calls", ColumnType.INT64, "calls of models; none in a run of rules"),
            optional("tokens", ColumnType.INT64, "tokens of questions and answers, as far as providers said"),
            optional("cost", ColumnType.DOUBLE, "money spent; none where prices are unknown"),
            optional("fallbacks", ColumnType.INT64, "decisions that kept what was, for want of an answer"));

    private final SweepRequest request;
    private final List<Setting> settings;
    private final boolean hasModels;

    SweepColumns(SweepRequest request) {
        this.request = request;
        settings = request.columns();
        hasModels = request.canHaveModels();
    }

    private static Column parameter(String name, String content) {
        return optional(name, ColumnType.DOUBLE, content);
    }

    private static Column optional(String name, ColumnType type, String content) {
        return new Column(name, type, true, content);
    }

    List<Column> all() {
        List<Column> columns = new ArrayList<>();
        columns.add(
                new Column("cell", ColumnType.INT32, false, "number of the cell, from 0, in the order of the grid"));
        settings.forEach(setting -> columns.add(optional(setting.shortName(), type(setting), setting.help())));
        if (request.isRepeated()) {
            columns.add(optional(
                    SweepRequest.REPETITION,
                    ColumnType.INT64,
                    "number of the run with this seed, from 1; none of a run of rules, of which there is one"));
        }
        columns.add(new Column("status", ColumnType.TEXT, false, "finished, failed or budget_spent"));
        columns.add(optional("reason", ColumnType.TEXT, "why the run did not finish; none when it did"));
        columns.add(new Column("steps", ColumnType.INT64, false, "steps that the run took"));
        columns.add(optional("regime", ColumnType.TEXT, "its regime; none of a run without a point"));
        columns.addAll(ORDER_PARAMETERS);
        if (hasModels) {
            columns.addAll(USE);
        }
        return columns;
    }

    private static ColumnType type(Setting setting) {
        return !setting.isNumber() ? ColumnType.TEXT : setting.isCount() ? ColumnType.INT64 : ColumnType.DOUBLE;
    }

    List<String> names() {
        return all().stream().map(Column::name).toList();
    }

    /** Names of the settings whose values are numbers. */
    Set<String> numbers() {
        return Stream.concat(
                        Stream.of(Setting.values()).filter(Setting::isNumber).map(Setting::shortName),
                        Stream.of(SweepRequest.REPETITION))
                .collect(Collectors.toSet());
    }

    Object[] row(CellOutcome outcome) {
        List<Object> row = new ArrayList<>();
        row.add(outcome.cell());
        row.addAll(request.values(outcome.cell()));
        if (request.isRepeated()) {
            OptionalInt repetition = request.repetition(outcome.cell());
            row.add(repetition.isPresent() ? (Long) (long) repetition.getAsInt() : null);
        }
        row.add(outcome.status().inFiles());
        row.add(unlessEmpty(outcome.reason()));
        row.add(outcome.steps());
        row.add(unlessEmpty(outcome.regime()));
        for (Column parameter : ORDER_PARAMETERS) {
            row.add(unlessNaN(outcome.orderParameters().getOrDefault(parameter.name(), Double.NaN)));
        }
        if (hasModels) {
            Optional<CellUse> use = outcome.use();
            row.add(use.map(CellUse::calls).orElse(null));
            row.add(use.map(CellUse::tokens).orElse(null));
            row.add(use.map(CellUse::cost).map(SweepColumns::unlessNaN).orElse(null));
            row.add(use.map(CellUse::fallbacks).orElse(null));
        }
        return row.toArray();
    }

    private static String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Double unlessNaN(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
