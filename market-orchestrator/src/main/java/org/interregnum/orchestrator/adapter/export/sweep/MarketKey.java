package org.interregnum.orchestrator.adapter.export.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * What two runs have in common that can be compared although others decide: all settings of the market, and with the seed
 * the buyers' preferences and all draws.
 *
 * @param settings the settings of the market, those at their defaults included
 * @param seed the seed
 */
record MarketKey(Map<String, String> settings, long seed) {
    private static final String SELLERS = "num-sellers";
    private static final String COST_CAP = "cost-cap";

    private static final Map<String, String> DEFAULTS = defaults();
    private static final Set<String> REQUIRED = Set.of("J", "rho", "Nt", "num-buyers", SELLERS, COST_CAP);

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("mu", SettingValue.exact(MarketParameters.DEFAULT_PREFERENCE_MEAN));
        defaults.put("sigma", SettingValue.exact(MarketParameters.DEFAULT_PREFERENCE_DEVIATION));
        defaults.put("unit-cost", "0");
        defaults.put("noise", "0");
        defaults.put("visibility", "1");
        defaults.put("generator", "numpy");
        defaults.put("burn-in", SettingValue.exact(RunSpec.DEFAULT_BURN_IN));
        return defaults;
    }

    /** Whether a setting is one of the market, and not of its agents or of how they are asked. */
    static boolean isOfMarket(String setting) {
        return REQUIRED.contains(setting) || DEFAULTS.containsKey(setting);
    }

    /** Whether no market is without a value of it. */
    static boolean isRequired(String setting) {
        return REQUIRED.contains(setting) && !setting.equals(COST_CAP);
    }

    static MarketKey of(SweptRun run) {
        Map<String, String> settings = new LinkedHashMap<>(DEFAULTS);
        run.settings().forEach((setting, value) -> {
            if (isOfMarket(setting) && !value.isEmpty()) {
                settings.put(setting, value);
            }
        });
        settings.computeIfAbsent(
                COST_CAP,
                unknown -> SettingValue.number(settings.getOrDefault(SELLERS, "")).stream()
                        .mapToObj(sellers -> SettingValue.exact(MarketParameters.defaultCostCap((int) sellers)))
                        .findFirst()
                        .orElse(""));
        return new MarketKey(Map.copyOf(settings), run.seed());
    }
}
