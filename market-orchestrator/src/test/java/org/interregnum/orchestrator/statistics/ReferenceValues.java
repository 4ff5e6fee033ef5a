package org.interregnum.orchestrator.statistics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What SciPy makes of the same numbers, by {@code src/test/python/statistics_reference.py}. */
final class ReferenceValues {
    private static final Map<String, Double> VALUES = read();

    private ReferenceValues() {}

    static double of(String name) {
        return VALUES.get(name);
    }

    private static Map<String, Double> read() {
        try (InputStream file = ReferenceValues.class.getResourceAsStream("/statistics.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(",", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> Double.valueOf(parts[1])));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
