package org.interregnum.orchestrator.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepLeasesTest {
    private static final int CELLS = 20;

    @Test
    void shouldGiveBackWhatWasNotSpent() {
        SweepLeases leases = new SweepLeases(calls(10), cell -> calls(6));

        assertThat(leases.next(0)).contains(calls(6));
        assertThat(leases.next(1)).as("not before the other is back").isEmpty();
        leases.ended(0, used(3));
        assertThat(leases.next(1)).contains(calls(6));
        leases.ended(1, used(6));
        assertThat(leases.next(2)).as("all that is left").contains(calls(1));
        leases.ended(2, used(1));
        assertThat(leases.next(3)).isEmpty();
        assertThat(leases.isExhausted()).isTrue();
    }

    @Test
    void shouldGiveMoreToWhomItWasTooLittle() {
        SweepLeases leases = new SweepLeases(calls(100), cell -> calls(10));

        assertThat(leases.next(0)).contains(calls(10));
        leases.ended(0, used(9));
        leases.wasTooLittle(0);
        assertThat(leases.next(0))
                .as("what it has spent, and twice as much as before")
                .contains(calls(29));
    }

    @Test
    void shouldEndWhenAllThatIsLeftIsTooLittle() {
        SweepLeases leases =
                new SweepLeases(new CellLimits(100, 50, Double.POSITIVE_INFINITY), cell -> new CellLimits(1, 80, 1));

        assertThat(leases.next(0)).isPresent();
        leases.ended(0, CellLimits.ZERO);
        leases.wasTooLittle(0);

        assertThat(leases.next(0)).isEmpty();
        assertThat(leases.isExhausted()).isTrue();
    }

    @Test
    void shouldCountWhatIsOutSinceBefore() {
        SweepLeases leases = new SweepLeases(calls(10), cell -> calls(6));

        leases.ended(0, used(2));
        leases.isOut(0, calls(7));
        assertThat(leases.next(1)).isEmpty();
        leases.ended(0, used(4));
        assertThat(leases.next(1)).contains(calls(6));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldNeverHandOutMoreThanThereIsAndFinishWhatCanBe(long seed) {
        Random random = new Random(seed);
        int budget = 50 + random.nextInt(300);
        int[] real = random.ints(CELLS, 1, 30).toArray();
        SweepLeases leases = new SweepLeases(calls(budget), cell -> calls(1 + random.nextInt(20)));
        TreeSet<Integer> held = new TreeSet<>();
        for (int cell = 0; cell < CELLS; cell++) {
            held.add(cell);
        }
        Map<Integer, Long> out = new HashMap<>();
        long[] spent = new long[CELLS];
        int finished = 0;
        while (true) {
            while (!held.isEmpty()) {
                Optional<CellLimits> lease = leases.next(held.first());
                if (lease.isEmpty()) {
                    break;
                }
                out.put(held.pollFirst(), lease.get().calls());
            }
            long atWorst = 0;
            for (int cell = 0; cell < CELLS; cell++) {
                atWorst += out.getOrDefault(cell, spent[cell]);
            }
            assertThat(atWorst).isLessThanOrEqualTo(budget);
            if (out.isEmpty()) {
                break;
            }
            List<Integer> cells = new ArrayList<>(out.keySet());
            int cell = cells.get(random.nextInt(cells.size()));
            spent[cell] = Math.min(real[cell], out.remove(cell));
            leases.ended(cell, used(spent[cell]));
            if (spent[cell] < real[cell]) {
                leases.wasTooLittle(cell);
                held.add(cell);
            } else {
                finished++;
            }
        }
        long needed = 0;
        for (int each : real) {
            needed += each;
        }
        if (needed <= budget) {
            assertThat(finished).isEqualTo(CELLS);
        } else {
            assertThat(java.util.Arrays.stream(spent).sum()).as("all is spent").isEqualTo(budget);
        }
    }

    @Test
    void shouldChargeAllThatARunWasAllowedWhoseUseNobodyKnows() {
        // As after a restart: no part is known to be out.
        SweepLeases leases = new SweepLeases(calls(10), cell -> calls(8));

        leases.ended(failed(3, calls(7), Optional.empty()));

        assertThat(leases.next(4)).as("what is left").contains(calls(3));
    }

    @Test
    void shouldChargeWhatAFailedRunUsedWhereThatIsKnown() {
        SweepLeases leases = new SweepLeases(calls(10), cell -> calls(8));

        leases.ended(failed(3, calls(7), Optional.of(new CellUse(2, 30, 0, 0, 2, 30, 0))));

        assertThat(leases.next(4)).contains(calls(8));
    }

    @Test
    void shouldChargeNothingForAFailedRunOfRules() {
        SweepLeases leases = new SweepLeases(calls(10), cell -> calls(8));

        leases.ended(failed(3, CellLimits.NONE, Optional.empty()));

        assertThat(leases.next(4)).contains(calls(8));
        assertThat(leases.isExhausted()).isFalse();
    }

    private static CellResult failed(int cell, CellLimits limits, Optional<CellUse> use) {
        return new CellResult("sweep", 0, "orchestrator", limits, CellOutcome.failed(cell, "down", use));
    }

    private static CellLimits calls(long calls) {
        return new CellLimits(calls, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
    }

    private static CellLimits used(long calls) {
        return new CellLimits(calls, 15 * calls, 0);
    }
}
