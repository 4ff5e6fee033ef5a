package org.interregnum.orchestrator.adapter.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.event.v1.MarketEvent;
import org.interregnum.event.v1.MarketOpened;
import org.interregnum.event.v1.ModelAssignment;
import org.interregnum.event.v1.RunStarted;
import org.interregnum.event.v1.StepTaken;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.model.MarketParameters;
import org.junit.jupiter.api.Test;

class MarketEventCodecTest {
    @Test
    void shouldGiveBackEveryEvent() {
        RandomEvents events = new RandomEvents(1);
        for (int round = 0; round < 2000; round++) {
            var event = events.event();
            assertThat(MarketEventCodec.decode(MarketEventCodec.encode(event)))
                    .usingRecursiveComparison()
                    // Bit for bit, and a NaN is equal to a NaN.
                    .withComparatorForType(Double::compare, Double.class)
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
    void shouldRefuseModelsThatCannotBe() {
        assertRefused(models -> models.getSellersBuilder(0).setLast(40), "a seller that does not exist");
        assertRefused(models -> models.getSellersBuilder(0).setFirst(-1), "FIRST-LAST");
        assertRefused(models -> models.addSellers(models.getSellers(0)), "must not share a seller");
        assertRefused(models -> models.getBuyersBuilder(0).addBuyerGaps(500), "a buyer that does not exist");
        assertRefused(models -> models.getBuyersBuilder(0).addBuyerGaps(0), "not ascending");
        assertRefused(models -> models.getBuyersBuilder(0).setName(""), "a cohort has no name");
        assertRefused(
                models -> models.addBuyers(models.getBuyers(0).toBuilder().clearBuyerGaps()),
                "two cohorts have one name");
        assertRefused(
                models -> models.addBuyers(models.getBuyers(0).toBuilder().setName("b")), "a buyer is in two cohorts");
        assertRefused(models -> models.getSellersBuilder(0).setInformationValue(77), "information is not one");
        assertRefused(models -> options(models).setProviderValue(77), "provider is not one");
        assertRefused(models -> options(models).clearStructuredOutput(), "structured output is not one");
        assertRefused(models -> options(models).setTemperature(Double.NaN), "temperature");
        assertRefused(models -> options(models).setDeadlineMillis(Long.MAX_VALUE), "deadline");
        assertRefused(models -> options(models).setMaxOutputTokens(0), "maxOutputTokens");
        assertRefused(
                models -> models.getSellersBuilder(0).getModelBuilder().setInputPrice(Double.NaN), "price of tokens");
    }

    private static ModelOptions.Builder options(ModelAssignment.Builder models) {
        return models.getSellersBuilder(0).getModelBuilder().getOptionsBuilder();
    }

    private static void assertRefused(Consumer<ModelAssignment.Builder> change, String problem) {
        RandomEvents events = new RandomEvents(5);
        var models = new org.interregnum.orchestrator.agent.ModelAssignment(
                List.of(new SellerRange(0, 1, events.settings(), Information.RESEARCH)),
                List.of(new BuyerCohort("a", new int[] {1, 4}, events.settings())),
                false);
        var started = new org.interregnum.orchestrator.event.RunStarted(
                "run", "1", MarketParameters.of(1, 0.8, 100, 7), 10, 1, "numpy", models, 0.1);
        MarketEvent.Builder message = MarketEventCodec.toMessage(started).toBuilder();
        change.accept(message.getRunStartedBuilder().getModelsBuilder());
        assertRefused(message, problem);
    }

    @Test
    void shouldRefuseWhatIsNoBurnInImpressionOrKind() {
        var event = MarketEventCodec.toMessage(new org.interregnum.orchestrator.event.RunStarted(
                "run", "1", MarketParameters.of(1, 0.8, 100, 7), 10, 1, "numpy"));
        for (double burnIn : new double[] {1, -0.1, Double.NaN}) {
            MarketEvent.Builder started = event.toBuilder();
            started.getRunStartedBuilder().setBurnIn(burnIn);
            assertRefused(started, "burn-in");
        }
        MarketEvent.Builder opened = MarketEvent.newBuilder();
        opened.getMarketOpenedBuilder().addImpressionsValue(77);
        assertRefused(opened, "impression is not one");
        MarketEvent.Builder step = MarketEvent.newBuilder();
        step.getStepTakenBuilder().addNewImpressionsValue(0);
        assertRefused(step, "impression is not one");
        step.getStepTakenBuilder().clearNewImpressions().addModelDecisionsBuilder();
        assertRefused(step, "kind of decision is not one");
    }

    private static void assertRefused(MarketEvent.Builder message, String problem) {
        byte[] bytes = message.build().toByteArray();
        assertThatThrownBy(() -> MarketEventCodec.decode(bytes))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining(problem);
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
