package org.interregnum.orchestrator.sweep;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * All combinations of the values of swept settings. The first setting changes slowest, the last fastest.
 *
 * @param settings the settings; none is one combination
 */
public record SweepGrid(List<SweptSetting> settings) {
    /** Most combinations. */
    public static final int MOST = 10_000_000;

    public SweepGrid {
        settings = List.copyOf(settings);
        long product = 1;
        for (SweptSetting setting : settings) {
            product *= setting.values().size();
            if (product > MOST) {
                throw new InvalidParameterException(
                        "grid", String.valueOf(product), "must be of at most " + MOST + " cells");
            }
        }
    }

    /** Number of combinations. */
    public int size() {
        int product = 1;
        for (SweptSetting setting : settings) {
            product *= setting.values().size();
        }
        return product;
    }

    /**
     * Which value each setting has in a combination.
     *
     * @param combination its number, from 0
     * @return position of the value of each setting, in the order of the settings
     */
    public int[] positions(int combination) {
        int[] positions = new int[settings.size()];
        int rest = combination;
        for (int setting = positions.length - 1; setting >= 0; setting--) {
            int count = settings.get(setting).values().size();
            positions[setting] = rest % count;
            rest /= count;
        }
        return positions;
    }

    /** The value of each setting in a combination, in the order of the settings. */
    public List<String> values(int combination) {
        int[] positions = positions(combination);
        List<String> values = new ArrayList<>(positions.length);
        for (int setting = 0; setting < positions.length; setting++) {
            values.add(settings.get(setting).values().get(positions[setting]));
        }
        return values;
    }
}
