package org.interregnum.standalone.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** A line of a log in JSON, an object with the one message that the event is. */
final class EventLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventLine() {}

    /** The step that it belongs to: 0 for what was before the first, of the end the last one. */
    static long step(String line) {
        try {
            for (JsonNode message : JSON.readTree(line)) {
                for (String key : List.of("step", "last_step")) {
                    if (message.has(key)) {
                        return message.path(key).asLong();
                    }
                }
            }
        } catch (JacksonException e) {
            // Shown as it is, with the opening.
        }
        return 0;
    }
}
