package org.interregnum.orchestrator.adapter.export.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** A table of runs as a sweep writes it, with values that follow from a formula. */
final class HandMadeSweep {
    static final String ORDER = "mean_leader_share,lead_changes_per_1000_steps,leader_order_parameter,"
            + "herfindahl_hirschman_index,mean_transaction_price,transaction_price_volatility,industry_profit,"
            + "share_buying_nothing";

    private final Path directory;
    private final List<String> lines = new ArrayList<>();

    HandMadeSweep(Path directory, String settings) {
        this.directory = directory;
        lines.add("cell," + settings + ",seed,status,reason,steps,regime," + ORDER);
    }

    /** Adds a finished run with an order parameter, from which all others follow. */
    HandMadeSweep run(String settings, long seed, double order) {
        String regime = order < 0.3 ? "competition" : "stable_monopoly";
        double share = 0.1 + 0.9 * order;
        lines.add(String.join(
                ",",
                Integer.toString(lines.size() - 1),
                settings,
                Long.toString(seed),
                "finished,,3999",
                regime,
                share + "," + 100 * (1 - order) + "," + order + "," + share + "," + 2 * order + ",,-1.5,0"));
        return this;
    }

    HandMadeSweep line(String line) {
        lines.add(line);
        return this;
    }

    /** Adds a run for each combination of network effect, update rate and seed. */
    HandMadeSweep grid(double[] effects, double[] rates, int seeds, DoubleBinaryOperator order) {
        for (double effect : effects) {
            for (double rate : rates) {
                for (int seed = 0; seed < seeds; seed++) {
                    double noise = 0.01 * (seed - (seeds - 1) / 2.0);
                    run(effect + "," + rate + ",4000,1000,10", 42 + seed, order.applyAsDouble(effect, rate) + noise);
                }
            }
        }
        return this;
    }

    Path write() {
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve("runs.csv"), lines);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
