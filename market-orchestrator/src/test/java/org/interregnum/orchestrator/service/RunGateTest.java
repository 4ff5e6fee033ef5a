package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunGateTest {
    /** One turn, so that a test sees who has it. */
    private final Slots slots = new Slots(1, 1);

    private final AtomicInteger passed = new AtomicInteger();

    private HeldThread run(RunGate gate, int steps) {
        return HeldThread.start(() -> {
            slots.takeTurn();
            for (int step = 0; step < steps; step++) {
                gate.pass();
                passed.incrementAndGet();
            }
            slots.giveTurn();
        });
    }

    @Test
    void shouldLetARunPassWhileItIsOpen() throws Exception {
        RunGate gate = new RunGate(slots, true);
        assertThat(gate.isClosed()).isFalse();
        run(gate, 1000).awaitEnd();
        assertThat(passed).hasValue(1000);
    }

    @Test
    void shouldHoldARunUntilItIsOpenedAndLeaveItsTurnToOthers() throws Exception {
        RunGate gate = new RunGate(slots, false);
        HeldThread run = run(gate, 3).awaitHeld();
        assertThat(gate.isClosed()).isTrue();
        assertThat(passed).hasValue(0);
        slots.takeTurn();
        gate.open();
        run.awaitHeld();
        assertThat(passed).as("it waits for its turn").hasValue(0);
        slots.giveTurn();
        run.awaitEnd();
        assertThat(passed).hasValue(3);
    }

    @Test
    void shouldLetAsManyStepsPassAsAreAllowed() throws Exception {
        RunGate gate = new RunGate(slots, false);
        HeldThread run = run(gate, 10).awaitHeld();
        gate.allow(2);
        awaitPassed(2);
        run.awaitHeld();
        gate.allow(1);
        gate.allow(3);
        awaitPassed(6);
        run.awaitHeld();
        assertThat(passed).hasValue(6);
        assertThat(gate.isClosed())
                .as("steps that are allowed one by one do not open it")
                .isTrue();
        gate.open();
        run.awaitEnd();
    }

    @Test
    void shouldForgetStepsThatWereAllowedWhenItIsClosed() throws Exception {
        RunGate gate = new RunGate(slots, false);
        gate.allow(5);
        gate.close();
        HeldThread run = run(gate, 1).awaitHeld();
        assertThat(passed).hasValue(0);
        gate.open();
        run.awaitEnd();
    }

    @Test
    void shouldLetARunGoThatIsToEnd() throws Exception {
        RunGate gate = new RunGate(slots, false);
        HeldThread run = run(gate, 5).awaitHeld();
        gate.abandon();
        run.awaitEnd();
        assertThat(passed).hasValue(5);
    }

    @Test
    void shouldKeepHoldingARunThatIsInterrupted() throws Exception {
        RunGate gate = new RunGate(slots, false);
        HeldThread run = run(gate, 1).awaitHeld();
        run.interrupt();
        run.awaitHeld();
        assertThat(passed).hasValue(0);
        gate.open();
        run.awaitEnd();
        assertThat(run.wasInterrupted()).isTrue();
    }

    private void awaitPassed(int steps) throws InterruptedException {
        while (passed.get() < steps) {
            Thread.sleep(1);
        }
    }
}
