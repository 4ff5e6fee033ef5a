package org.interregnum.orchestrator.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class LongCallsTest {
    private final LongCalls calls = new LongCalls();

    @Test
    void shouldLetOneAssignmentWaitInEachRun() {
        String outcome = calls.assign("one", () -> {
            assertThatThrownBy(() -> calls.assign("one", () -> "never"))
                    .isInstanceOfSatisfying(BusyException.class, busy -> {
                        assertThat(busy.status()).isEqualTo(Response.Status.CONFLICT);
                        assertThat(busy.seconds()).isPositive();
                    });
            return calls.assign("other", () -> "done");
        });
        assertThat(outcome).isEqualTo("done");
        assertThat(calls.assign("one", () -> "again")).isEqualTo("again");
    }

    @Test
    void shouldLetFewAssignmentsWaitInAll() {
        assertThat(nested(LongCalls.ASSIGNMENTS)).isEqualTo("done");
        assertThatThrownBy(() -> nested(LongCalls.ASSIGNMENTS + 1))
                .isInstanceOfSatisfying(
                        BusyException.class,
                        busy -> assertThat(busy.status()).isEqualTo(Response.Status.SERVICE_UNAVAILABLE));
        // What was refused or failed holds no place.
        assertThat(nested(LongCalls.ASSIGNMENTS)).isEqualTo("done");
    }

    private String nested(int depth) {
        return depth == 0 ? "done" : calls.assign("run-" + depth, () -> nested(depth - 1));
    }

    @Test
    void shouldStayBelowHalfOfTheThreads() {
        assertThat(LongCalls.ASSIGNMENTS + LongCalls.CHECKS + LongCalls.READS + Downloads.AT_ONCE)
                .isLessThanOrEqualTo(100);
    }
}
