package org.interregnum.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;

class BudgetLedgerTest {
    private static final double NO_COST = Double.POSITIVE_INFINITY;
    private final BudgetLedger ledger = new BudgetLedger(new Budget(20, 1000, 2));

    @Test
    void shouldSetAsideNoMoreThanThereIs() {
        assertThat(ledger.reserve(new Allowance(12, 400, 0.5))).contains(new Allowance(12, 400, 0.5));
        assertThat(ledger.reserve(new Allowance(9, 1, 0.1))).isEmpty();
        assertThat(ledger.reserve(new Allowance(1, 601, 0.1))).isEmpty();
        assertThat(ledger.reserve(new Allowance(1, 1, 1.6))).isEmpty();
        assertThat(ledger.reserve(new Allowance(8, 600, 1.5))).isPresent();
        assertThat(ledger.isSpent()).isTrue();
        assertThat(ledger.reserveRest()).isEmpty();
    }

    @Test
    void shouldTakeBackWhatWasNotSpent() {
        Allowance all = ledger.reserveRest().orElseThrow();
        assertThat(all).isEqualTo(new Allowance(20, 1000, 2));
        ledger.settle(all, 2, 300, 0.5);
        assertThat(ledger.reserveRest()).contains(new Allowance(18, 700, 1.5));
    }

    @Test
    void shouldCountWhatWasSpentBefore() {
        ledger.charge(5, 100, 0.5);
        assertThat(ledger.reserveRest()).contains(new Allowance(15, 900, 1.5));
        ledger.charge(1, 0, 0);
        assertThat(ledger.isSpent()).isTrue();
    }

    @Test
    void shouldLimitOnlyWhatIsLimited() {
        BudgetLedger calls = new BudgetLedger(new Budget(2, Long.MAX_VALUE, NO_COST));
        Allowance one = calls.reserve(new Allowance(1, 1 << 20, 1e9)).orElseThrow();
        assertThat(one).isEqualTo(new Allowance(1, Long.MAX_VALUE, NO_COST));
        calls.settle(one, 1, 5000, 7);
        calls.charge(0, Long.MAX_VALUE, Double.NaN);
        assertThat(calls.reserveRest()).contains(new Allowance(1, Long.MAX_VALUE, NO_COST));
        assertThat(calls.inWords()).isEqualTo("the budget does not allow a further call: 0 of 2 calls are left");

        BudgetLedger none = new BudgetLedger(Budget.UNLIMITED);
        for (int i = 0; i < 100; i++) {
            assertThat(none.reserve(new Allowance(12, Long.MAX_VALUE, 1e300))).contains(Allowance.UNLIMITED);
        }
        assertThat(none.isSpent()).isFalse();
    }

    @Test
    void shouldSayWhatIsLeftOfWhat() {
        ledger.charge(20, 990, 1.75);
        assertThat(ledger.inWords())
                .endsWith("0 of 20 calls are left, 10 of 1000 tokens are left, 0.2500 of 2.0000 in money is left");
    }

    @Test
    void shouldRefuseABudgetOfNothing() {
        assertThatThrownBy(() -> new Budget(0, 1, 1)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new Budget(1, 0, 1)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new Budget(1, 1, 0)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new Budget(1, 1, Double.NaN)).isInstanceOf(InvalidParameterException.class);
    }
}
