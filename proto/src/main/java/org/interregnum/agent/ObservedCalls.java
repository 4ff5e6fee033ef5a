package org.interregnum.agent;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.MethodDescriptor;

/**
 * Lets whoever asks an agent have somebody see the calls that it takes: the interceptor that gRPC's context names. Where it
 * names none, calls go on as they are.
 */
public final class ObservedCalls implements ClientInterceptor {
    /** For every channel to an agent. */
    public static final ClientInterceptor INTERCEPTOR = new ObservedCalls();

    private static final Context.Key<ClientInterceptor> OBSERVER = Context.key("interregnum-call-observer");

    private ObservedCalls() {}

    /** The context in which calls are seen by this interceptor, those that repeat them among them. */
    public static Context by(ClientInterceptor observer) {
        return Context.current().withValue(OBSERVER, observer);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientInterceptor observer = OBSERVER.get();
        return observer == null ? next.newCall(method, options) : observer.interceptCall(method, options, next);
    }
}
