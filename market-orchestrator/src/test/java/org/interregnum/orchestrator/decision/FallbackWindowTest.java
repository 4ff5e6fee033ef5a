package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;

class FallbackWindowTest {
    @Test
    void shouldBearFiveOfAHundredAtFivePercentAndNotSix() {
        FallbackWindow window = new FallbackWindow(0.05);
        for (int i = 0; i < 5; i++) {
            window.add(true);
            assertThat(window.isExceeded()).isFalse();
        }
        window.add(true);
        assertThat(window.isExceeded()).isTrue();
        assertThat(window.fallbacks()).isEqualTo(6);
    }

    @Test
    void shouldForgetWhatIsOlderThanAHundredDecisions() {
        FallbackWindow window = new FallbackWindow(0.05);
        // Every twentieth falls back, so five of any hundred do.
        for (int i = 0; i < 1000; i++) {
            window.add(i % 20 == 0);
            assertThat(window.isExceeded()).isFalse();
        }
        assertThat(window.fallbacks()).isEqualTo(5);
        // The next in line falls back too early: six are among the last hundred until the oldest is out.
        window.add(false);
        window.add(true);
        assertThat(window.isExceeded()).isFalse();
        window.add(true);
        assertThat(window.isExceeded()).isTrue();
    }

    @Test
    void shouldStopAtTheFirstWithRateZeroAndNeverWithRateOne() {
        FallbackWindow none = new FallbackWindow(0);
        none.add(false);
        assertThat(none.isExceeded()).isFalse();
        none.add(true);
        assertThat(none.isExceeded()).isTrue();
        FallbackWindow all = new FallbackWindow(1);
        for (int i = 0; i < 300; i++) {
            all.add(true);
            assertThat(all.isExceeded()).isFalse();
        }
    }

    @Test
    void shouldRefuseARateThatIsNone() {
        for (double rate : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new DecisionRules(FailurePolicy.HOLD, rate, Budget.UNLIMITED))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }
}
