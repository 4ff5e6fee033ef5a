package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A setting that a sweep varies.
 *
 * @param name name of its option, such as {@code rho}
 * @param values its values: numbers ascending, texts as they come
 * @param numeric whether all are numbers
 */
record Axis(String name, List<String> values, boolean numeric) {
    /** Names of the settings that say how large a market is. */
    static final String BUYERS = "num-buyers";

    static final String SELLERS = "num-sellers";
    static final String NETWORK_EFFECT = "J";
    static final String UPDATE_RATE = "rho";

    /** All that tells kinds of agents apart, as one axis. */
    static final String AGENTS = "agents";

    private static final Map<String, String> LABELS = Map.of(
            NETWORK_EFFECT,
            "network effect J\u0304",
            UPDATE_RATE,
            "update rate ρ",
            BUYERS,
            "buyers N",
            SELLERS,
            "sellers M",
            "Nt",
            "points of the series",
            "noise",
            "noise on prices, standard deviation",
            "visibility",
            "share of buyers that research sees",
            "unit-cost",
            "unit cost b",
            "ratio",
            "share of buyers that are models",
            "temperature",
            "temperature of the model");

    private static final Map<String, String> SYMBOLS =
            Map.of(NETWORK_EFFECT, "J\u0304", UPDATE_RATE, "ρ", BUYERS, "N", SELLERS, "M", "unit-cost", "b");

    static Axis of(String name, Collection<String> values) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(values));
        boolean numeric =
                distinct.stream().allMatch(value -> SettingValue.number(value).isPresent());
        if (numeric) {
            distinct.sort(Comparator.comparingDouble(Double::parseDouble));
        }
        return new Axis(name, List.copyOf(distinct), numeric);
    }

    /** What it is, with its option, such as {@code update rate ρ (--rho)}. */
    String label() {
        return LABELS.getOrDefault(name, name) + " (--" + name + ")";
    }

    /** What a value of it is called in a legend or a title. */
    String say(String value) {
        return say(value, false);
    }

    /** The same, if need be with all digits of a number. */
    String say(String value, boolean isExact) {
        return name.equals(AGENTS) ? value : SYMBOLS.getOrDefault(name, name) + " = " + shown(value, isExact);
    }

    /** A value, short. */
    String shown(String value) {
        return shown(value, false);
    }

    /** A value, if need be with all digits of a number. */
    String shown(String value, boolean isExact) {
        return numeric && !isExact ? SettingValue.rounded(Double.parseDouble(value)) : value.isEmpty() ? "none" : value;
    }

    double[] numbers() {
        return values.stream().mapToDouble(Double::parseDouble).toArray();
    }

    boolean isSize() {
        return name.equals(BUYERS) || name.equals(SELLERS);
    }
}
