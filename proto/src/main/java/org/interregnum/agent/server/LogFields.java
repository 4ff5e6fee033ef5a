package org.interregnum.agent.server;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import org.jboss.logging.MDC;

/** What a line of the log says of the question that is being answered, in fields of its own where logs are JSON. */
final class LogFields {
    private static final List<String> NAMES = List.of("run", "step", "traceId", "spanId");

    private LogFields() {}

    /** For all lines that come of some work in this thread. The trace is the current one, if any. */
    static void during(String run, long step, Runnable work) {
        if (!run.isEmpty()) {
            MDC.put("run", run);
        }
        MDC.put("step", Long.toString(step));
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            MDC.put("traceId", span.getTraceId());
            MDC.put("spanId", span.getSpanId());
        }
        try {
            work.run();
        } finally {
            NAMES.forEach(MDC::remove);
        }
    }
}
