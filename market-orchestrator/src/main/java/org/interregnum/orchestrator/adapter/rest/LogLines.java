package org.interregnum.orchestrator.adapter.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventJson;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;

/**
 * A run's log as lines of JSON.
 *
 * @param log the events
 */
record LogLines(EventSource log) implements Downloads.Content {
    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (MarketEvent event = log.next(); event != null; event = log.next()) {
            out.write(MarketEventJson.encode(event).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
