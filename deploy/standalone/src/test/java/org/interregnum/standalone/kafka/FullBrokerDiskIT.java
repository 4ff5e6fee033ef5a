package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.MarketEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A broker whose disk is full for a while, in a file system of its own: only root can make one. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class FullBrokerDiskIT {
    private static final int POINTS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void shouldWaitUntilThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                call("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString()) == 0,
                "NOT TRIED: a broker on a full disk; only root can make a small disk");
        try {
            fillAndFree(disk);
        } finally {
            call("umount", "-l", disk.toString());
        }
    }

    private void fillAndFree(Path disk) throws Exception {
        TestBroker broker = TestBroker.own(disk.resolve("broker"));
        try {
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            List<MarketEvent> events = MarketEvents.of("full-disk", POINTS);
            KafkaConnection connection = new KafkaConnection(broker.address());
            try (KafkaRun run = KafkaRun.create(connection, "full-disk", hearing(heard))) {
                EventLog log = run.events(event -> {});
                events.subList(0, 500).forEach(log::append);
                log.flush();
                Path ballast = disk.resolve("ballast");
                fill(ballast);
                events.subList(500, events.size()).forEach(log::append);
                while (broker.isAlive() && !heard.contains("waiting")) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                Files.delete(ballast);
                if (broker.isAlive()) {
                    broker.kill();
                }
                broker.start();
                log.close();
            }
            assertThat(heard).contains("waiting").endsWith("answers");
            PlainReader.awaitDecided(broker.address(), "market.steps");
            try (KafkaEventLogReader reader = KafkaEventLogReader.open(connection, "full-disk")) {
                assertThat(KafkaTroubleIT.read(reader))
                        .usingRecursiveFieldByFieldElementComparator()
                        .isEqualTo(events);
            }
            assertThat(PlainReader.steps(broker.address(), "full-disk"))
                    .containsExactlyElementsOf(
                            LongStream.range(1, POINTS).boxed().toList());
        } finally {
            broker.remove();
        }
    }

    /** Until not a byte fits any more. */
    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[1 << 20];
        int size = block.length;
        try (var out = Files.newOutputStream(ballast)) {
            while (size > 0) {
                try {
                    out.write(block, 0, size);
                } catch (IOException e) {
                    size /= 2;
                }
            }
        }
    }

    private static BrokerListener hearing(List<String> heard) {
        return new BrokerListener() {
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
    }

    private static int call(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
