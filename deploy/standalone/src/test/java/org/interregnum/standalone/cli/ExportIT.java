package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported, as a database reads it that has no part in writing it. */
class ExportIT {
    private static final int POINTS = 300;
    private static final int SELLERS = 10;

    @TempDir
    private static Path directory;

    private static Path run;

    @BeforeAll
    static void runAMarket() {
        run = directory.resolve("run");
        assertThat(CommandRun.of(
                                "run",
                                "--J=1",
                                "--rho=0.8",
                                "--Nt=" + POINTS,
                                "--num-buyers=500",
                                "--noise=0.01",
                                "--no-fig",
                                "--out=" + run)
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "jsonl"})
    void shouldHaveTheSharesAndPricesOfTheRun(String format) throws SQLException {
        export(run, format);
        String series = table(run, "series", format);

        assertThat(query("select count(*), sum(asked::int), min(buyers), count(distinct step) from " + series))
                .containsExactly(POINTS * SELLERS + "|" + (POINTS - 1) + "|0|" + POINTS);
        // The run's own table has a line a point; there must be a row with the same bits for each of its cells.
        for (int seller = 0; seller < SELLERS; seller++) {
            assertThat(query("select count(*) from " + series + " s join read_csv('" + run.resolve("series.csv")
                            + "') c on s.step = c.t where s.seller = " + seller + " and s.share = c.q_" + seller
                            + " and s.price = c.p_" + seller + " and s.asked = coalesce(c.seller = " + seller
                            + ", false) and abs(s.share - s.buyers / 500.0) < 1e-12"))
                    .as("seller " + seller)
                    .containsExactly(Integer.toString(POINTS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "jsonl"})
    void shouldHaveStepsThatLeadFromPointToPoint(String format) throws SQLException {
        export(run, format);
        String series = table(run, "series", format);

        assertThat(query("select count(*) from " + table(run, "steps", format) + " t join " + series
                        + " s on s.step = t.step and s.seller = t.seller join " + series
                        + " before on before.step = t.step - 1 and before.seller = t.seller"
                        + " where s.price = t.new_price and before.price = t.old_price and s.asked"
                        + " and t.changed_buyers <= t.active_buyers and t.price_outcome = 'rule'"
                        + " and t.price_model is null and t.choice_agent = 'interregnum-buyer' and t.buying ="
                        + " (select sum(buyers) from " + series + " all_sellers where all_sellers.step = t.step)"))
                .containsExactly(Integer.toString(POINTS - 1));
        // Every buyer is active with probability 0.8 ln(10)/10 = 0.1842: 92.1 of 500, with a deviation of the mean of
        // 0.5.
        assertThat(query("select abs(avg(active_buyers) - 92.1) < 2.5 from " + table(run, "steps", format)))
                .containsExactly("true");
    }

    @Test
    void shouldHaveTypesAndMeaningsInParquet() throws SQLException {
        export(run, "parquet");

        assertThat(query("select column_name || ' ' || column_type from (describe select * from "
                        + table(run, "series", "parquet") + ")"))
                .containsExactly(
                        "step BIGINT",
                        "seller INTEGER",
                        "share DOUBLE",
                        "price DOUBLE",
                        "buyers INTEGER",
                        "asked BOOLEAN");
        assertThat(query("select decode(value) from parquet_kv_metadata(" + table(run, "series", "parquet")
                        + ") where decode(key) = 'column.price'"))
                .containsExactly("its price, in units of utility");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "jsonl"})
    void shouldHaveTheDecisionsOfModels(String format) throws IOException, SQLException {
        Path asked = directory.resolve("asked-" + format);
        try (ModelMarket market = new ModelMarket()) {
            market.run(asked);
        }
        long lines;
        try (var all = Files.lines(asked.resolve("decisions.jsonl"))) {
            lines = all.count();
        }
        export(asked, format);
        String decisions = table(asked, "decisions", format);

        assertThat(query("select count(*), bool_and(in_log) from " + decisions)).containsExactly(lines + "|true");
        assertThat(query("select count(*) from " + decisions + " d join read_json('"
                        + asked.resolve("decisions.jsonl") + "') l on d.step = l.step and d.kind = l.kind"
                        + " and d.subject = case when l.kind = 'price' then l.seller else l.buyer end"
                        + " where d.outcome = l.outcome and d.model = 'fixed' and d.attempts = l.attempts"
                        + " and d.reason is null and d.charged_tokens = l.charged_tokens"
                        + " and coalesce(d.price::varchar, d.impression, d.choice::varchar)"
                        + " = case when l.kind = 'price' then (l.decision->>'$')::double::varchar"
                        + " else l.decision->>'$' end"
                        + " and abs(d.latency_ms - l.latency_ms) < 1e-3"))
                .containsExactly(Long.toString(lines));
        // A price of each step is a model's, and those of the steps are those of the decisions.
        assertThat(query("select count(*) from " + table(asked, "steps", format) + " t join " + decisions
                        + " d on d.step = t.step and d.kind = 'price' where d.subject = t.seller"
                        + " and d.price = t.new_price and t.price_model = 'fixed'"))
                .containsExactly(Integer.toString(ModelMarket.POINTS - 1));
        assertThat(query("select sum(model_buyers) = (select count(*) from " + decisions
                        + " where kind = 'choice') from " + table(asked, "steps", format)))
                .containsExactly("true");
    }

    private static void export(Path run, String format) {
        if (!Files.exists(run.resolve("export/series." + format))) {
            assertThat(CommandRun.of("export", run.toString(), "--format=" + format))
                    .returns(0, CommandRun::exitCode)
                    .returns("", CommandRun::err);
        }
    }

    private static String table(Path run, String table, String format) {
        String file = "'" + run.resolve("export").resolve(table + "." + format) + "'";
        return switch (format) {
            case "csv" -> "read_csv(" + file + ")";
            case "jsonl" -> "read_json(" + file + ")";
            default -> file;
        };
    }

    /** The rows of a query, their values joined by bars. */
    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    values.add(result.getString(column));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
