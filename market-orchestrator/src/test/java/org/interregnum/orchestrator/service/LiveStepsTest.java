package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveStepsTest {
    private static final int WINDOW = 1024;

    private final LiveSteps live = new LiveSteps(3);

    private void take(long first, long last) {
        for (long step = first; step <= last; step++) {
            live.taken(ServedMarket.step(step));
        }
    }

    private List<Long> from(long step, int most) {
        return live.from(step, most).orElseThrow().stream().map(StepLine::step).toList();
    }

    @Test
    void shouldHaveNothingBeforeTheOpening() {
        assertThat(from(0, 10)).isEmpty();
    }

    @Test
    void shouldGiveTheOpeningAndTheStepsInOrder() {
        live.opened(ServedMarket.OPENING);
        assertThat(from(0, 10)).containsExactly(0L);
        take(1, 3);
        assertThat(from(0, 10)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(from(2, 10)).containsExactly(2L, 3L);
        assertThat(from(1, 2)).as("no more than asked for").containsExactly(1L, 2L);
        assertThat(from(4, 10)).as("what has not come yet").isEmpty();
        StepLine opening = live.from(0, 1).orElseThrow().get(0);
        assertThat(opening.seller()).isEqualTo(-1);
        assertThat(opening.prices()).containsExactly(ServedMarket.OPENING.prices());
        StepLine second = live.from(2, 1).orElseThrow().get(0);
        assertThat(second.seller()).isEqualTo(ServedMarket.step(2).seller());
        assertThat(second.shares()).containsExactly(ServedMarket.step(2).shares());
    }

    @Test
    void shouldSayThatAStepIsTooLongAgo() {
        live.opened(ServedMarket.OPENING);
        take(1, WINDOW + 9);
        assertThat(live.from(9, 1)).as("the last that fell out").isEmpty();
        assertThat(from(10, 1)).as("the oldest that is left").containsExactly(10L);
        assertThat(from(10, WINDOW * 2)).hasSize(WINDOW).endsWith(WINDOW + 9L);
    }

    @Test
    void shouldNotHaveWhatWasBeforeItWentOn() {
        live.continueAfter(5);
        assertThat(live.from(5, 1)).isEmpty();
        assertThat(from(6, 1)).isEmpty();
        take(6, 7);
        assertThat(from(6, 9)).containsExactly(6L, 7L);
        assertThat(live.from(5, 9)).isEmpty();
    }

    @Test
    void shouldKeepFewerLinesWhereTheyAreLong() {
        LiveSteps wide = new LiveSteps(32_768);
        for (long step = 1; step <= 100; step++) {
            wide.taken(ServedMarket.step(step));
        }
        assertThat(wide.from(84, 1)).isEmpty();
    }

    @Test
    void shouldLeaveTheStepsOfARunThatIsOverToItsLog() {
        live.opened(ServedMarket.OPENING);
        take(1, 3);
        LiveSteps over = live.withoutLines();
        assertThat(over.from(3, 1)).isEmpty();
        assertThat(over.from(4, 1)).as("nothing comes behind them").contains(List.of());
    }

    @Test
    void shouldLeaveAllStepsOfAnEarlierServiceToTheLog() {
        LiveSteps earlier = LiveSteps.inLogAlone();
        assertThat(earlier.from(0, 1)).isEmpty();
        assertThat(earlier.withoutLines().from(0, 1)).isEmpty();
        assertThat(earlier.isInLogAlone()).isTrue();
        assertThat(live.isInLogAlone()).isFalse();
    }
}
