package org.interregnum.agent;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one table between exceptions and gRPC statuses. It is ordered by what the caller may do: INVALID_ARGUMENT, never
 * ask this again; FAILED_PRECONDITION, not until somebody mends it; UNAVAILABLE, ask again.
 */
public final class AgentStatus {
    private AgentStatus() {}

    /** The status that answers a call which an exception ended. Descriptions name no classes. */
    public static Status of(Throwable exception) {
        if (exception instanceof InvalidRequestException) {
            return Status.INVALID_ARGUMENT.withDescription(exception.getMessage());
        }
        if (exception instanceof UnmetRequestException) {
            return Status.FAILED_PRECONDITION.withDescription(exception.getMessage());
        }
        if (exception instanceof RejectedExecutionException) {
            return Status.UNAVAILABLE.withDescription("the agent is stopping or overloaded");
        }
        if (exception instanceof StatusRuntimeException status) {
            return status.getStatus();
        }
        if (exception instanceof StatusException status) {
            return status.getStatus();
        }
        return Status.INTERNAL.withDescription("the agent failed; its log says why");
    }

    /** Whether a status means a fault of the agent itself, which belongs into its log. */
    public static boolean isFault(Status status) {
        return status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN;
    }
}
