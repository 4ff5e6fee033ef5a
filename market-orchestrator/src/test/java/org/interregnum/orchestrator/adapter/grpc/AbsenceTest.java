package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    @Test
    void shouldTakeAConnectionThatWentAwayForAnAbsence() {
        // What grpc-java says of a question that is written when the connection has just gone.
        Status closed = Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());
        assertThat(Absence.asUnavailableIfReset(closed).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        Status reset = Status.INTERNAL.withDescription("RST_STREAM closed stream. HTTP/2 error code: CANCEL");
        assertThat(Absence.asUnavailableIfReset(reset).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void shouldLeaveAnAgentsOwnFailureAsItIs() {
        for (Status own : new Status[] {
            Status.UNKNOWN.withDescription("channel closed"),
            Status.UNKNOWN.withCause(new IOException("disk full")),
            Status.INTERNAL.withDescription("a fault")
        }) {
            assertThat(Absence.asUnavailableIfReset(own)).isSameAs(own);
        }
    }
}
