package org.interregnum.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.standalone.kafka.MarketEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every event log keeps to, whatever keeps the events. */
@Timeout(120)
public abstract class EventLogContract {
    protected final String runId = "contract-" + UUID.randomUUID();

    /** A log that goes on, and the events that it had. */
    protected record Resumed(EventLog log, List<MarketEvent> before) {}

    /** A new log. */
    protected abstract EventLog create(String run, Consumer<MarketEvent> follower);

    /** Goes on behind the last event but for an end. */
    protected abstract Resumed resume(String run);

    /** Reads a log. */
    protected abstract EventSource open(String run);

    @Test
    void shouldGiveBackEveryBitOfEveryEventInOrder() {
        List<MarketEvent> events = MarketEvents.of(runId, 300);
        try (EventLog log = create(runId, event -> {})) {
            events.forEach(log::append);
        }

        assertThat(read(runId)).usingRecursiveFieldByFieldElementComparator().isEqualTo(events);
    }

    @Test
    void shouldHaveEverythingThatWasFlushed() {
        List<MarketEvent> events = MarketEvents.of(runId, 40);
        try (EventLog log = create(runId, event -> {})) {
            events.subList(0, 10).forEach(log::append);
            log.flush();

            assertThat(read(runId)).hasSize(10);

            events.subList(10, 42).forEach(log::append);
        }
        assertThat(read(runId)).usingRecursiveFieldByFieldElementComparator().isEqualTo(events);
    }

    @Test
    void shouldShowEveryEventToTheFollowerInOrder() {
        List<MarketEvent> events = MarketEvents.of(runId, 100);
        List<MarketEvent> followed = Collections.synchronizedList(new ArrayList<>());
        try (EventLog log = create(runId, followed::add)) {
            events.forEach(log::append);
        }

        assertThat(followed).isEqualTo(events);
    }

    @Test
    void shouldGoOnBehindTheLastEvent() {
        List<MarketEvent> events = MarketEvents.of(runId, 60);
        try (EventLog log = create(runId, event -> {})) {
            events.subList(0, 30).forEach(log::append);
        }
        Resumed resumed = resume(runId);
        try (EventLog log = resumed.log()) {
            events.subList(30, events.size()).forEach(log::append);
        }

        assertThat(resumed.before())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(events.subList(0, 30));
        assertThat(read(runId)).usingRecursiveFieldByFieldElementComparator().isEqualTo(events);
    }

    @Test
    void shouldForgetAnEndAfterWhichTheRunWentOn() {
        List<MarketEvent> events = MarketEvents.of(runId, 60);
        RunEnded early = (RunEnded) MarketEvents.of(runId, 29).get(30);
        try (EventLog log = create(runId, event -> {})) {
            events.subList(0, 30).forEach(log::append);
            log.append(new RunEnded(
                    org.interregnum.orchestrator.event.RunStatus.INTERRUPTED, early.lastStep(), "by the test"));
        }
        assertThat(read(runId)).last().isInstanceOf(RunEnded.class);
        try (EventLog log = resume(runId).log()) {
            events.subList(30, events.size()).forEach(log::append);
        }

        assertThat(read(runId)).usingRecursiveFieldByFieldElementComparator().isEqualTo(events);
    }

    @Test
    void shouldRefuseARunThatIsThereAlready() {
        create(runId, event -> {}).close();
        List<MarketEvent> events = MarketEvents.of(runId, 3);
        String other = runId + "-other";
        try (EventLog log = create(other, event -> {})) {
            MarketEvents.of(other, 3).forEach(log::append);
        }

        assertThatThrownBy(() -> create(other, event -> {}).append(events.get(0)))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching(".+");
        assertThat(read(other)).hasSize(5);
    }

    @Test
    void shouldRefuseToReadARunThatIsNotThere() {
        assertThatThrownBy(() -> read(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching(".+");
    }

    @Test
    void shouldRefuseEventsWhenItIsClosed() {
        EventLog log = create(runId, event -> {});
        log.close();

        assertThatThrownBy(() -> log.append(MarketEvents.of(runId, 3).get(0)))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("closed");
    }

    private List<MarketEvent> read(String run) {
        List<MarketEvent> events = new ArrayList<>();
        try (EventSource source = open(run)) {
            for (MarketEvent event = source.next(); event != null; event = source.next()) {
                events.add(event);
            }
        }
        return events;
    }
}
