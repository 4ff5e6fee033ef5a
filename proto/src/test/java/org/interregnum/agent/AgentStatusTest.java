package org.interregnum.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class AgentStatusTest {
    @Test
    void shouldTellTheCallerNeverToRepeatABrokenRequest() {
        assertStatus(new InvalidRequestException("step is 0"), Status.Code.INVALID_ARGUMENT, "step is 0");
    }

    @Test
    void shouldTellTheCallerThatSomethingHasToBeMended() {
        assertStatus(new UnmetRequestException("no model"), Status.Code.FAILED_PRECONDITION, "no model");
    }

    @Test
    void shouldTellTheCallerToTryAgain() {
        assertStatus(
                new RejectedExecutionException("pool"), Status.Code.UNAVAILABLE, "the agent is stopping or overloaded");
    }

    @Test
    void shouldKeepAStatus() {
        assertStatus(Status.ABORTED.withDescription("x").asRuntimeException(), Status.Code.ABORTED, "x");
        assertStatus(Status.ABORTED.withDescription("x").asException(), Status.Code.ABORTED, "x");
    }

    @Test
    void shouldTellNothingOfItsInsides() {
        assertStatus(new IllegalStateException("secret"), Status.Code.INTERNAL, "the agent failed; its log says why");
        assertThat(AgentStatus.isFault(AgentStatus.of(new IllegalStateException())))
                .isTrue();
        assertThat(AgentStatus.isFault(AgentStatus.of(new InvalidRequestException("x"))))
                .isFalse();
    }

    private static void assertStatus(Throwable exception, Status.Code code, String description) {
        Status status = AgentStatus.of(exception);
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).isEqualTo(description);
    }
}
