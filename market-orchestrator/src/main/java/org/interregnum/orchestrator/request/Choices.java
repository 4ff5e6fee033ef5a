package org.interregnum.orchestrator.request;

import java.util.Arrays;
import java.util.Locale;

/** Values that are one of a few names. A name is that of the constant in small letters, with hyphens or underscores. */
public final class Choices {
    private Choices() {}

    /** The constant that a value names. */
    public static <E extends Enum<E>> E of(Class<E> type, Setting setting, Given given) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(given.text().replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> given.isBad(setting.rule()));
    }

    /** A constant as people write it. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
