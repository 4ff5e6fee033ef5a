package org.interregnum.standalone.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.orchestrator.model.MarketState;

/**
 * All that a run came to, as its directory has it.
 *
 * @param shares market share of each seller, a row a point
 * @param prices price of each seller, a row a point
 * @param choices seller of each buyer, a row a point
 * @param sellers seller that could re-price in each step
 * @param impressions last impressions of the buyers that are models, a row a buyer
 */
public record Trajectory(
        double[][] shares, double[][] prices, int[][] choices, int[] sellers, Impression[][] impressions) {
    /** Reads shares and prices from the table, and all else from the log. */
    public static Trajectory of(Path path) throws IOException {
        RunDirectory directory = RunDirectory.of(path);
        List<int[]> choices = new ArrayList<>();
        List<Integer> sellers = new ArrayList<>();
        try (FileEventLogReader reader = new FileEventLogReader(directory.eventLog())) {
            RunStarted started = (RunStarted) reader.next();
            MarketState state =
                    new MarketState(started.parameters(), started.models().modelBuyers());
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                MarketHistory.apply(state, event);
                if (event instanceof StepTaken step) {
                    sellers.add(step.seller());
                }
                if (event instanceof StepTaken || event instanceof MarketOpened) {
                    choices.add(state.choices().clone());
                }
            }
            int number = started.parameters().sellers();
            return new Trajectory(
                    table(directory.table(), 2, number),
                    table(directory.table(), 2 + number, number),
                    choices.toArray(int[][]::new),
                    sellers.stream().mapToInt(Integer::intValue).toArray(),
                    Arrays.stream(state.impressions().buyers())
                            .mapToObj(buyer -> state.impressions().of(buyer))
                            .toArray(Impression[][]::new));
        }
    }

    private static double[][] table(Path table, int from, int columns) throws IOException {
        return Files.readAllLines(table).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1), from, from + columns)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Asserts that another run came out the same in every bit; says where it first did not. */
    public void assertEqualTo(Trajectory expected) {
        assertThat(sellers).as("sellers drawn").isEqualTo(expected.sellers);
        assertThat(prices).as("prices").hasNumberOfRows(expected.prices.length);
        assertThat(choices).as("choices").hasNumberOfRows(expected.choices.length);
        for (int point = 0; point < prices.length; point++) {
            assertThat(prices[point]).as("prices at point " + point).isEqualTo(expected.prices[point]);
            assertThat(choices[point]).as("choices at point " + point).isEqualTo(expected.choices[point]);
            assertThat(shares[point]).as("shares at point " + point).isEqualTo(expected.shares[point]);
        }
        assertThat(impressions).as("last impressions").isDeepEqualTo(expected.impressions);
    }
}
