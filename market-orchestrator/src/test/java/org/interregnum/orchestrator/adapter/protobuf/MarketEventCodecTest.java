package org.interregnum.orchestrator.adapter.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Random;
import org.interregnum.event.v1.MarketEvent;
import org.interregnum.event.v1.MarketOpened;
import org.interregnum.event.v1.RunStarted;
import org.interregnum.event.v1.StepTaken;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.event.EventLogException;
import org.junit.jupiter.api.Test;

class MarketEventCodecTest {
    @Test
    void shouldGiveBackEveryEvent() {
        RandomEvents events = new RandomEvents(1);
        for (int round = 0; round < 2000; round++) {
            var event = events.event();
            assertThat(MarketEventCodec.decode(MarketEventCodec.encode(event)))
                    .usingRecursiveComparison()
                    .isEqualTo(event);
        }
    }

    @Test
    void shouldWriteTheBytesThatTheGeneratedCodeWrites() throws InvalidProtocolBufferException {
        RandomEvents events = new RandomEvents(2);
        for (int round = 0; round < 2000; round++) {
            var event = events.event();
            byte[] bytes = MarketEventCodec.encode(event);
            assertThat(bytes).isEqualTo(MarketEventCodec.toMessage(event).toByteArray());
            assertThat(MarketEvent.parseFrom(bytes)).isEqualTo(MarketEventCodec.toMessage(event));
        }
    }

    @Test
    void shouldWriteAtAnOffsetWithoutTouchingItsSurroundings() {
        var encoded = MarketEventCodec.prepare(new RandomEvents(3).step(7, 10, 500));
        byte[] bytes = new byte[encoded.size() + 20];
        Arrays.fill(bytes, (byte) 0x55);
        encoded.writeTo(bytes, 13);
        assertThat(Arrays.copyOf(bytes, 13)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 7, bytes.length)).containsOnly(0x55);
        assertThat(MarketEventCodec.decode(bytes, 13, encoded.size())).isNotNull();
    }

    @Test
    void shouldKeepOneByteForMostActiveBuyers() {
        int[] everyFifth = new int[1000];
        Arrays.setAll(everyFifth, index -> 5 * index);
        assertThat(PackedIntegers.gaps(everyFifth)).hasSize(1000);
    }

    @Test
    void shouldRefuseBytesThatAreNoEvent() {
        Random random = new Random(4);
        for (int round = 0; round < 1000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            try {
                MarketEventCodec.decode(bytes);
            } catch (EventLogException e) {
                assertThat(e.getMessage()).startsWith("the record holds").doesNotContain("\n");
            }
        }
    }

    @Test
    void shouldRefuseAnEventOfAKindFromTheFuture() {
        byte[] unknown = {(byte) 0xFA, 0x01, 0x02, 0x08, 0x01};
        assertThatThrownBy(() -> MarketEventCodec.decode(unknown))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("kind that this program does not know");
    }

    @Test
    void shouldRefuseBuyersOutOfOrder() {
        StepTaken.Builder twice = StepTaken.newBuilder().addActiveBuyerGaps(3).addActiveBuyerGaps(0);
        StepTaken.Builder beyond = StepTaken.newBuilder().addActiveBuyerGaps(-5);
        for (StepTaken.Builder step : new StepTaken.Builder[] {twice, beyond}) {
            byte[] bytes = MarketEvent.newBuilder().setStepTaken(step).build().toByteArray();
            assertThatThrownBy(() -> MarketEventCodec.decode(bytes)).hasMessageContaining("not ascending");
        }
    }

    @Test
    void shouldRefuseParametersOutOfRange() {
        byte[] bytes = MarketEvent.newBuilder()
                .setRunStarted(RunStarted.newBuilder())
                .build()
                .toByteArray();
        assertThatThrownBy(() -> MarketEventCodec.decode(bytes))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("buyers 0");
    }

    @Test
    void shouldReadAMessageWrittenByAnotherProgram() {
        byte[] unpacked = MarketEvent.newBuilder()
                .setMarketOpened(
                        MarketOpened.newBuilder().addChoices(-1).addChoices(2).addPrices(0.5))
                .build()
                .toByteArray();
        var opening = (org.interregnum.orchestrator.event.MarketOpened) MarketEventCodec.decode(unpacked);
        assertThat(opening.choices()).containsExactly(-1, 2);
        assertThat(opening.prices()).containsExactly(0.5);
        assertThat(opening.shares()).isEmpty();
        assertThat(opening.choiceDecider()).isNull();
    }
}
