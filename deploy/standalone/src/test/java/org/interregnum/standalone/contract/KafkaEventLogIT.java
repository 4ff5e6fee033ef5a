package org.interregnum.standalone.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.standalone.kafka.KafkaUnderTest;
import org.interregnum.standalone.kafka.PlainReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;

/** The log on Kafka: in a container, or on the project's own broker where there is none. */
class KafkaEventLogIT extends EventLogContract {
    private final KafkaConnection connection =
            new KafkaConnection(KafkaUnderTest.get().address());

    private final List<KafkaRun> runs = new ArrayList<>();

    /** The same kit runs on a container and on the project's own broker: a report has to say on which it did. */
    @BeforeEach
    void report(TestReporter reporter) {
        reporter.publishEntry("kafka", KafkaUnderTest.get().name());
    }

    @AfterEach
    void close() {
        runs.forEach(KafkaRun::close);
    }

    @Override
    protected EventLog create(String run, Consumer<MarketEvent> follower) {
        return closing(KafkaRun.create(connection, run, BrokerListener.NONE), follower);
    }

    @Override
    protected Resumed resume(String run) {
        KafkaRun taken = KafkaRun.takeOver(connection, run, BrokerListener.NONE);
        List<MarketEvent> before = new ArrayList<>();
        EventSource source = taken.source();
        for (MarketEvent event = source.next(); event != null; event = source.next()) {
            before.add(event);
        }
        return new Resumed(closing(taken, event -> {}), before);
    }

    private EventLog closing(KafkaRun run, Consumer<MarketEvent> follower) {
        runs.add(run);
        EventLog log = run.events(follower);
        return new EventLog() {
            @Override
            public void append(MarketEvent event) {
                log.append(event);
            }

            @Override
            public void flush() {
                log.flush();
            }

            @Override
            public void close() {
                log.close();
                run.close();
            }
        };
    }

    @Override
    protected EventSource open(String run) {
        PlainReader.awaitDecided(connection.address(), "market.steps");
        return KafkaEventLogReader.open(connection, run);
    }
}
