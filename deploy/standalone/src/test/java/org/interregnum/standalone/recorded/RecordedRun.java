package org.interregnum.standalone.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** A run that another program computed and wrote down, to compare ours with in every bit. */
public record RecordedRun(String folder) {
    /** What the published code computed. */
    public static final List<String> PUBLISHED =
            List.of("j0.0-rho0.8", "j1.0-rho0.1", "j1.0-rho0.8", "noise-cost-visibility");

    /** What the reference implementation computed. */
    public static final List<String> REFERENCE = List.of(
            "costly",
            "dear",
            "dislike",
            "everybody-active",
            "few-seen",
            "no-taste",
            "nobody-seen",
            "one-buyer",
            "philox",
            "thirty-sellers",
            "three-sellers");

    /** All of them. */
    public static Stream<RecordedRun> all() {
        return Stream.concat(
                PUBLISHED.stream().map(name -> new RecordedRun("published/" + name)),
                REFERENCE.stream().map(name -> new RecordedRun("reference/" + name)));
    }

    /** What was run. */
    public RunSpec spec() {
        String json = json();
        int sellers = (int) number(json, "sellers", MarketParameters.DEFAULT_SELLERS);
        return new RunSpec(
                new MarketParameters(
                        (int) number(json, "buyers", MarketParameters.DEFAULT_BUYERS),
                        sellers,
                        number(json, "J", Double.NaN),
                        number(json, "rho", Double.NaN),
                        number(json, "mu", MarketParameters.DEFAULT_PREFERENCE_MEAN),
                        number(json, "sigma", MarketParameters.DEFAULT_PREFERENCE_DEVIATION),
                        number(json, "unit_cost", 0),
                        number(json, "cost_cap", MarketParameters.defaultCostCap(sellers)),
                        number(json, "noise", 0),
                        number(json, "visibility", 1)),
                (int) number(json, "Nt", Double.NaN),
                (long) number(json, "seed", Double.NaN),
                generator(json),
                RunSpec.DEFAULT_BURN_IN);
    }

    /**
     * Asserts that a run came out equal in every bit; the prices of a Philox run to 10⁻¹², as its normal deviates come
     * from functions that another program may round otherwise in the last place.
     */
    public void assertEqualTo(RunResult result) {
        assertThat(result.reason()).isEmpty();
        assertThat(result.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(result.series().shares()).as("shares").isDeepEqualTo(shares());
        double tolerance = generator(json()).equals("philox") ? 1e-12 : 0;
        double[][] prices = prices();
        for (int seller = 0; seller < prices.length; seller++) {
            assertThat(result.series().prices()[seller])
                    .as("prices of seller " + seller)
                    .containsExactly(prices[seller], within(tolerance));
        }
        assertThat(result.series().repricingSellers()).as("sellers drawn").isEqualTo(integers("sellers.csv"));
        assertThat(result.state().choices()).as("last choices").isEqualTo(integers("x_last.csv"));
    }

    /** Its shares, a row a seller. */
    public double[][] shares() {
        return columns("q.csv");
    }

    /** Its prices, a row a seller. */
    public double[][] prices() {
        return columns("p.csv");
    }

    private String json() {
        return String.join("", lines("run.json"));
    }

    private static String generator(String json) {
        Matcher matcher = Pattern.compile("\"generator\": \"(\\w+)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : "numpy";
    }

    private double[][] columns(String file) {
        double[][] rows = lines(file).stream()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        double[][] columns = new double[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }

    private int[] integers(String file) {
        return lines(file).stream().mapToInt(Integer::parseInt).toArray();
    }

    private List<String> lines(String file) {
        String resource = "/" + folder + "/" + file;
        try (InputStream in = RecordedRun.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(String json, String key, double otherwise) {
        Matcher matcher = Pattern.compile("\"" + key + "\": ([-+0-9.e]+)").matcher(json);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : otherwise;
    }

    @Override
    public String toString() {
        return folder;
    }
}
