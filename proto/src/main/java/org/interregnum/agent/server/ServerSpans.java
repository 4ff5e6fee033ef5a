package org.interregnum.agent.server;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/**
 * Continues the trace of a caller that says which it is (W3C's {@code traceparent}): a span for the call, and the context
 * that {@link LongCalls} takes along to the thread that answers. A call without one is not touched. An agent makes it a bean
 * by extending it.
 *
 * <p>Ours rather than Quarkus', which keeps the context with the event loop's, where a call that is answered in another
 * thread does not find it.
 */
public abstract class ServerSpans implements ServerInterceptor {
    private static final String HEADER = "traceparent";
    private static final Metadata.Key<String> TRACE_PARENT = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final io.grpc.Context.Key<Context> TRACE = io.grpc.Context.key("interregnum-trace");

    private static final TextMapGetter<Metadata> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Metadata headers) {
            return headers.keys();
        }

        @Override
        public String get(Metadata headers, String key) {
            return headers == null ? null : headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
        }
    };

    private final Tracer tracer;

    protected ServerSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The trace that the call of this thread belongs to. */
    static Context current() {
        Context trace = TRACE.get();
        return trace == null ? Context.root() : trace;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!headers.containsKey(TRACE_PARENT)) {
            return next.startCall(call, headers);
        }
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
        Span span = tracer.spanBuilder(call.getMethodDescriptor().getFullMethodName())
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .setAttribute("rpc.system", "grpc")
                .setAttribute("rpc.service", call.getMethodDescriptor().getServiceName())
                .setAttribute("rpc.method", call.getMethodDescriptor().getBareMethodName())
                .startSpan();
        io.grpc.Context context = io.grpc.Context.current().withValue(TRACE, parent.with(span));
        ServerCall.Listener<Q> listener = Contexts.interceptCall(context, new SpannedCall<>(call, span), headers, next);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                span.setStatus(StatusCode.ERROR, "nobody waits for it any more");
                span.end();
                super.onCancel();
            }
        };
    }

    private static final class SpannedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Span span;

        SpannedCall(ServerCall<Q, A> call, Span span) {
            super(call);
            this.span = span;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            span.setAttribute("rpc.grpc.status_code", status.getCode().value());
            if (!status.isOk()) {
                span.setStatus(StatusCode.ERROR, status.getCode().name());
            }
            span.end();
            super.close(status, trailers);
        }
    }
}
