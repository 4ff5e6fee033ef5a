package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlotsTest {
    private final Slots slots = new Slots(2, 100);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldLetRunsInAsLongAsTheyFit() throws Exception {
        slots.takeMemory(60);
        slots.takeMemory(40);
        HeldThread third = HeldThread.start(() -> slots.takeMemory(1)).awaitHeld();
        slots.giveMemory(40);
        third.awaitEnd();
    }

    @Test
    void shouldLetARunInAloneThatNeedsMoreThanThereIs() throws Exception {
        slots.takeMemory(1);
        HeldThread large = HeldThread.start(() -> slots.takeMemory(1000)).awaitHeld();
        slots.giveMemory(1);
        large.awaitEnd();
        HeldThread small = HeldThread.start(() -> slots.takeMemory(1)).awaitHeld();
        slots.giveMemory(1000);
        small.awaitEnd();
    }

    @Test
    void shouldNotLetASmallRunPassALargeOne() throws Exception {
        slots.takeMemory(60);
        HeldThread large = HeldThread.start(() -> {
                    slots.takeMemory(80);
                    order.add("large");
                    slots.giveMemory(80);
                })
                .awaitHeld();
        HeldThread small = HeldThread.start(() -> {
                    slots.takeMemory(30);
                    order.add("small");
                })
                .awaitHeld();
        slots.giveMemory(60);
        large.awaitEnd();
        small.awaitEnd();
        assertThat(order).containsExactly("large", "small");
    }

    @Test
    void shouldMakeRoomInTheQueueForWhoeverComesBehindOneThatGaveUp() throws Exception {
        slots.takeMemory(60);
        HeldThread large = HeldThread.start(() -> slots.takeMemory(80)).awaitHeld();
        HeldThread small = HeldThread.start(() -> slots.takeMemory(30)).awaitHeld();
        large.interrupt();
        assertThatThrownBy(large::awaitEnd).isInstanceOf(InterruptedException.class);
        small.awaitEnd();
    }

    @Test
    void shouldGiveNoMoreTurnsThanThereAre() throws Exception {
        slots.takeTurn();
        slots.takeTurn();
        HeldThread third = HeldThread.start(slots::takeTurn).awaitHeld();
        slots.giveTurn();
        third.awaitEnd();
    }

    @Test
    void shouldGiveTurnsInTheOrderInWhichTheyWereAskedFor() throws Exception {
        slots.takeTurn();
        slots.takeTurn();
        List<HeldThread> waiting = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            String name = "run " + number;
            expected.add(name);
            boolean isFirst = number % 2 == 0;
            waiting.add(HeldThread.start(() -> {
                        if (isFirst) {
                            slots.takeFirstTurn();
                        } else {
                            slots.takeTurn();
                        }
                        order.add(name);
                        slots.giveTurn();
                    })
                    .awaitHeld());
        }
        slots.giveTurn();
        for (HeldThread thread : waiting) {
            thread.awaitEnd();
        }
        assertThat(order).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldLetARunGoThatIsToldToEndBeforeItsFirstTurn() throws Exception {
        slots.takeTurn();
        slots.takeTurn();
        HeldThread third = HeldThread.start(slots::takeFirstTurn).awaitHeld();
        HeldThread fourth = HeldThread.start(slots::takeTurn).awaitHeld();
        third.interrupt();
        assertThatThrownBy(third::awaitEnd).isInstanceOf(InterruptedException.class);
        slots.giveTurn();
        fourth.awaitEnd();
    }

    @Test
    void shouldKeepWaitingForATurnWhenInterrupted() throws Exception {
        slots.takeTurn();
        slots.takeTurn();
        HeldThread third = HeldThread.start(slots::takeTurn).awaitHeld();
        third.interrupt();
        third.awaitHeld();
        slots.giveTurn();
        third.awaitEnd();
        assertThat(third.wasInterrupted()).as("the interrupt is not forgotten").isTrue();
    }
}
