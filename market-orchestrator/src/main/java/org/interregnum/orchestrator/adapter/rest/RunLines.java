package org.interregnum.orchestrator.adapter.rest;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Lines of the log that are about runs: where logs are JSON, the run, its step and the trace are fields. They are set for
 * the line alone, because threads that a run's thread begins would inherit them.
 */
final class RunLines {
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");

    private RunLines() {}

    static void log(String run, long step, String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("run", run);
        fields.put("step", Long.toString(step));
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            fields.put("traceId", span.getTraceId());
            fields.put("spanId", span.getSpanId());
        }
        fields.forEach(MDC::put);
        try {
            LOG.info(line);
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }
}
