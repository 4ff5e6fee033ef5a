package org.interregnum.orchestrator.adapter.rest;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.service.RunState;

/** Reads what callers add to an address behind the question mark; each complaint names the key. */
final class QueryValues {
    private QueryValues() {}

    /**
     * A whole number.
     *
     * @throws BadInputException when it is none, or not in the range
     */
    static long wholeNumber(String name, String text, long least, long most) {
        if (text.matches("\\d{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw BadInputException.about(name, text, "must be a whole number from " + least + " to " + most);
    }

    /** @throws BadInputException when it is neither true nor false */
    static boolean flag(String name, String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw BadInputException.about(name, text, "must be true or false");
        }
        return text.equals("true");
    }

    /** @throws BadInputException when it is the name of no state */
    static RunState state(String text) {
        return Arrays.stream(RunState.values())
                .filter(state -> state.word().equals(text))
                .findFirst()
                .orElseThrow(() -> BadInputException.about(
                        "state",
                        text,
                        "must be one of "
                                + Arrays.stream(RunState.values())
                                        .map(RunState::word)
                                        .collect(Collectors.joining(", "))));
    }
}
