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
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.kafka.TestBroker;
import org.junit.jupiter.api.AfterEach;

/** The log on Kafka. */
class KafkaEventLogIT extends EventLogContract {
    private final KafkaConnection connection =
            new KafkaConnection(TestBroker.get().address());

    private final List<KafkaRun> runs = new ArrayList<>();

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
