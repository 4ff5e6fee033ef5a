package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An order parameter as tables and figures show it. */
public enum Measure {
    MEAN_LEADER_SHARE("leader's mean market share", "share of all buyers", "leader-share", true),
    LEAD_CHANGES_PER_1000_STEPS("lead changes", "per 1000 steps", "lead-changes", true),
    HERFINDAHL_HIRSCHMAN_INDEX("Herfindahl–Hirschman index", "", "concentration", false),
    MEAN_TRANSACTION_PRICE("mean transaction price", "units of utility", "price", true),
    TRANSACTION_PRICE_VOLATILITY("volatility of the transaction price", "units of utility", "volatility", false),
    INDUSTRY_PROFIT("industry profit", "units of utility per buyer and point", "profit", true),
    SHARE_BUYING_NOTHING("share buying nothing", "share of all buyers", "buying-nothing", false),
    LEADER_ORDER_PARAMETER("leader order parameter", "0: equal shares, 1: one seller", "order-parameter", false);

    private static final Map<Measure, Integer> PLACES = places();

    private final String title;
    private final String unit;
    private final String fileName;
    private final boolean drawn;

    Measure(String title, String unit, String fileName, boolean drawn) {
        this.title = title;
        this.unit = unit;
        this.fileName = fileName;
        this.drawn = drawn;
    }

    private static Map<Measure, Integer> places() {
        Map<Measure, Integer> places = new EnumMap<>(Measure.class);
        for (Measure measure : values()) {
            places.put(measure, places.size());
        }
        return places;
    }

    /** Its place among all, from 0. */
    int place() {
        return PLACES.get(this);
    }

    /** Its name in files, such as {@code mean_leader_share}. */
    public String column() {
        return RunsTable.word(this);
    }

    /** What it is, in words. */
    String title() {
        return title;
    }

    /** Its unit; empty for a pure number. */
    String unit() {
        return unit;
    }

    /** What it is with its unit, as an axis says it. */
    String axis() {
        return unit.isEmpty() ? title : title + " (" + unit + ")";
    }

    /** How the names of its figures begin. */
    String fileName() {
        return fileName;
    }

    /** Those that every sweep has figures of. */
    static List<Measure> drawn() {
        return Arrays.stream(values()).filter(measure -> measure.drawn).toList();
    }

    /** The order parameter of a name in files. */
    public static Optional<Measure> ofColumn(String column) {
        return Arrays.stream(values())
                .filter(measure -> measure.column().equals(column))
                .findFirst();
    }
}
