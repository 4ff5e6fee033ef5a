package org.interregnum.orchestrator.adapter.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values of a label that others choose, such as the name of a model: the first ones as they are, and {@value #OTHER} for
 * all that come later, since every value is kept for as long as the service lives.
 */
final class BoundedLabel {
    static final String OTHER = "other";
    private static final String NONE = "none";
    private static final int LONGEST = 80;

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedLabel(int most) {
        this.most = most;
    }

    String of(String value) {
        if (value.isEmpty()) {
            return NONE;
        }
        String shown = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        if (known.contains(shown)) {
            return shown;
        }
        synchronized (this) {
            if (known.size() >= most) {
                return OTHER;
            }
            known.add(shown);
            return shown;
        }
    }
}
