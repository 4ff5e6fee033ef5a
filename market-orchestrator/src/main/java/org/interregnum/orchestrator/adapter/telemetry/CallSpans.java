package org.interregnum.orchestrator.adapter.telemetry;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;
import org.interregnum.agent.ObservedCalls;

/** A span for each call that a decision takes, repetitions among them; the agent is told of it, and continues the trace. */
final class CallSpans implements ClientInterceptor {
    private final Tracer tracer;
    private final Context parent;

    private CallSpans(Tracer tracer, Context parent) {
        this.tracer = tracer;
        this.parent = parent;
    }

    static <T> T within(Tracer tracer, Context parent, Supplier<T> asking) {
        io.grpc.Context observed = ObservedCalls.by(new CallSpans(tracer, parent));
        io.grpc.Context before = observed.attach();
        try {
            return asking.get();
        } finally {
            observed.detach(before);
        }
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SpannedCall<>(next.newCall(method, options), method);
    }

    private final class SpannedCall<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final Span span;

        SpannedCall(ClientCall<Q, A> call, MethodDescriptor<Q, A> method) {
            super(call);
            span = tracer.spanBuilder(method.getFullMethodName())
                    .setSpanKind(SpanKind.CLIENT)
                    .setParent(parent)
                    .setAttribute("rpc.system", "grpc")
                    .setAttribute("rpc.service", method.getServiceName())
                    .setAttribute("rpc.method", method.getBareMethodName())
                    .startSpan();
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            W3CTraceContextPropagator.getInstance()
                    .inject(
                            parent.with(span),
                            headers,
                            (carrier, key, value) ->
                                    carrier.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value));
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            span.setAttribute(
                                    "rpc.grpc.status_code", status.getCode().value());
                            if (!status.isOk()) {
                                span.setStatus(
                                        StatusCode.ERROR, status.getCode().name());
                            }
                            span.end();
                            super.onClose(status, trailers);
                        }
                    },
                    headers);
        }
    }
}
