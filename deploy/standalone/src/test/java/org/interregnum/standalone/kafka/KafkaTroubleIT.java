package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Brokers that are killed or stop answering, and orchestrators that meet on one run. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@ResourceLock("the broker of KafkaTroubleIT") // One test after the other.
@Tag("thorough")
class KafkaTroubleIT {
    private static final int POINTS = 2_000;

    /** Above every time-out of the client, and above the life of a transaction: 20 s. {@code .ci/run} takes a minute. */
    private static final int PAUSE_SECONDS = Integer.getInteger("interregnum.broker-pause-seconds", 25);

    private static final int KILLS = 5;

    private static TestBroker broker;

    private final KafkaConnection connection = new KafkaConnection(broker.address());
    private final String runId = "trouble-" + UUID.randomUUID();
    private final List<MarketEvent> events = MarketEvents.of(runId, POINTS);
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private KafkaRun run;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.own();
    }

    @AfterAll
    static void removeBroker() {
        if (broker != null) {
            broker.remove();
        }
    }

    /** A log whose broker did not come back must not keep a test from failing. */
    @AfterEach
    void stopWaiting() throws Exception {
        if (run != null) {
            run.stopWaiting();
            run.close();
        }
    }

    private final BrokerListener listener = new BrokerListener() {
        @Override
        public void waiting() {
            heard.add("waiting");
        }

        @Override
        public void stillWaiting(String problem) {}

        @Override
        public void answers() {
            heard.add("answers");
        }
    };

    @Test
    void shouldHaveEveryEventOnceWhenTheBrokerIsKilledAgainAndAgain() throws Exception {
        run = KafkaRun.create(connection, runId, listener);
        EventLog log = run.events(event -> {});
        List<MarketEvent> rest = events;
        for (int kill = 1; kill <= KILLS; kill++) {
            // Some events before, so that a transaction is under way, and some while nobody is there.
            rest = appendUntil(log, rest, 200 + 23 * kill);
            broker.kill();
            rest.subList(0, 100).forEach(log::append);
            rest = rest.subList(100, rest.size());
            if (kill == KILLS) {
                // For longer than the client tries, so that nobody knows what became of the transaction.
                rest.forEach(log::append);
                TimeUnit.SECONDS.sleep(11);
            }
            broker.start();
        }
        log.close();

        assertWhole();
        assertThat(heard).contains("waiting", "answers").endsWith("answers");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void shouldWaitForABrokerThatDoesNotAnswerForLongerThanAnyTimeOut() throws Exception {
        run = KafkaRun.create(connection, runId, listener);
        EventLog log = run.events(event -> {});
        List<MarketEvent> rest = appendUntil(log, events, 700);
        broker.signal("STOP");
        rest.forEach(log::append);
        while (!heard.contains("waiting")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        assertThat(heard).containsExactly("waiting");
        broker.signal("CONT");
        log.close();

        assertWhole();
        assertThat(heard).containsExactly("waiting", "answers");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void shouldEndSoonWhenToldToWhileTheBrokerIsAway() throws Exception {
        try (KafkaRun run = KafkaRun.create(connection, runId, listener)) {
            EventLog log = run.events(event -> {});
            List<MarketEvent> rest = appendUntil(log, events, 700);
            log.flush();
            broker.signal("STOP");
            try {
                rest.forEach(log::append);
                run.stopWaiting();
                long told = System.nanoTime();

                assertThatThrownBy(log::close)
                        .isInstanceOf(EventLogException.class)
                        .hasMessageMatching(
                                "Kafka at \\S+ does not answer, and the run was told to end; .*\\d+ records");
                assertThat(Duration.ofNanos(System.nanoTime() - told))
                        .as("it is five seconds, whatever the client would wait for")
                        .isLessThan(Duration.ofSeconds(9));
            } finally {
                broker.signal("CONT");
            }
        }

        assertThat(PlainReader.steps(broker.address(), runId))
                .as("what was committed stays")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 698).boxed().toList());
    }

    @Test
    void shouldLetTheLaterOfTwoOrchestratorsWrite() throws Exception {
        try (KafkaRun first = KafkaRun.create(connection, runId, listener)) {
            EventLog log = first.events(event -> {});
            events.subList(0, 40).forEach(log::append);
            log.flush();
            // On its way when the other one comes: it counts, or it does not.
            events.subList(40, 60).forEach(log::append);

            int known;
            try (KafkaRun second = KafkaRun.takeOver(connection, runId, BrokerListener.NONE)) {
                known = read(second.source()).size();
                assertThat(known).isBetween(40, 60);
                try (EventLog goesOn = second.events(event -> {})) {
                    assertThatThrownBy(() -> {
                                log.append(events.get(60));
                                log.flush();
                            })
                            .isInstanceOf(EventLogException.class)
                            .hasMessage("another orchestrator has taken over the run " + runId + " on Kafka at "
                                    + broker.address());
                    events.subList(known, events.size()).forEach(goesOn::append);
                }
            }
            assertThatThrownBy(log::close).isInstanceOf(EventLogException.class);
        }

        assertWhole();
    }

    @Test
    void shouldNotTakeOverWhatIsFinishedOrNotThere() {
        try (KafkaRun run = KafkaRun.create(connection, runId, listener);
                EventLog log = run.events(event -> {})) {
            events.forEach(log::append);
        }

        assertThatThrownBy(() -> KafkaRun.takeOver(connection, runId, listener))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("is finished");
        assertThatThrownBy(() -> KafkaRun.takeOver(connection, runId + "-not", listener))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith("there is no run");
    }

    private List<MarketEvent> appendUntil(EventLog log, List<MarketEvent> from, int count) throws InterruptedException {
        for (int index = 0; index < count; index++) {
            log.append(from.get(index));
            // So that there is more than one transaction.
            if (index % 100 == 0) {
                TimeUnit.MILLISECONDS.sleep(60);
            }
        }
        return from.subList(count, from.size());
    }

    private void assertWhole() throws Exception {
        PlainReader.awaitDecided(broker.address(), "market.steps");
        try (KafkaEventLogReader reader = KafkaEventLogReader.open(connection, runId)) {
            assertThat(read(reader))
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(events);
        }
        assertThat(PlainReader.steps(broker.address(), runId))
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
    }

    static List<MarketEvent> read(EventSource source) {
        List<MarketEvent> events = new ArrayList<>();
        for (MarketEvent event = source.next(); event != null; event = source.next()) {
            events.add(event);
        }
        return events;
    }
}
