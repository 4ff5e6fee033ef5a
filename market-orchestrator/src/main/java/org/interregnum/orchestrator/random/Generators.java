package org.interregnum.orchestrator.random;

import java.util.List;
import org.interregnum.orchestrator.model.InvalidParameterException;

/** The generators by name. */
public final class Generators {
    /** Draws the same numbers in the same order as the published code. */
    public static final String NUMPY = "numpy";

    /** Counter-based: the draws of a step do not depend on the steps before it. */
    public static final String PHILOX = "philox";

    private static final List<String> NAMES = List.of(NUMPY, PHILOX);

    private Generators() {}

    /** Names of all generators, the default first. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Makes a generator.
     *
     * @param name one of {@link #names()}
     * @param seed its seed, in [0, 2³²)
     * @throws InvalidParameterException when there is no generator of that name
     */
    public static MarketRandom create(String name, long seed) {
        return switch (name) {
            case NUMPY -> new NumpyRandom((int) seed);
            case PHILOX -> new PhiloxRandom(seed);
            default -> throw unknown(name);
        };
    }

    /** The complaint about a name that no generator has. */
    public static InvalidParameterException unknown(String name) {
        return new InvalidParameterException("generator", name, "must be one of " + String.join(", ", NAMES));
    }
}
