package org.interregnum.agent.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import org.interregnum.agent.AgentStatus;
import org.jboss.logging.Logger;

/** Answers exceptions by the table of {@link AgentStatus}; an agent makes it a bean by extending it. */
public abstract class StatusTableExceptionHandlerProvider implements ExceptionHandlerProvider {
    private static final Logger LOG = Logger.getLogger("org.interregnum.agent");

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
        return new StatusTableExceptionHandler<>(listener, call, metadata);
    }

    @Override
    public Throwable transform(Throwable exception) {
        return AgentStatus.of(exception).asRuntimeException();
    }

    private static final class StatusTableExceptionHandler<Q, A> extends ExceptionHandler<Q, A> {
        StatusTableExceptionHandler(ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
            super(listener, call, metadata);
        }

        @Override
        protected void handleException(Throwable exception, ServerCall<Q, A> call, Metadata metadata) {
            Status status = AgentStatus.of(exception);
            if (AgentStatus.isFault(status)) {
                LOG.error("A call of " + call.getMethodDescriptor().getFullMethodName() + " failed", exception);
            }
            call.close(status, new Metadata());
        }
    }
}
