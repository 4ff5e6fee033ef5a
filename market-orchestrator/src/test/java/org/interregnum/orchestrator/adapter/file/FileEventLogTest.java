package org.interregnum.orchestrator.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.adapter.protobuf.MarketEventCodec;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileEventLogTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("events.log");
    }

    @Test
    void shouldGiveBackWhatWasAppended() {
        List<MarketEvent> events = events(1, 500);
        write(events);
        assertThat(bytes(read(path))).isEqualTo(bytes(events));
    }

    @Test
    void shouldHandOnEachEventInOrder() {
        List<MarketEvent> events = events(2, 300);
        List<MarketEvent> seen = new ArrayList<>();
        try (FileEventLog log = FileEventLog.create(path, seen::add)) {
            events.forEach(log::append);
        }
        assertThat(seen).isEqualTo(events);
    }

    @Test
    void shouldHaveEverythingInTheFileAfterFlush() {
        List<MarketEvent> events = events(3, 50);
        try (FileEventLog log = FileEventLog.create(path)) {
            for (int count = 1; count <= events.size(); count++) {
                log.append(events.get(count - 1));
                log.flush();
                assertThat(read(path)).hasSize(count);
            }
        }
    }

    @Test
    void shouldReachTheOperatingSystemSoonWithoutFlush() throws InterruptedException {
        try (FileEventLog log = FileEventLog.create(path)) {
            log.append(events(4, 1).get(0));
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (read(path).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            assertThat(read(path)).hasSize(1);
        }
    }

    @Test
    void shouldKeepRecordsLargerThanItsBuffer() {
        List<MarketEvent> events =
                List.of(new RandomEvents(5).step(1, 4, 1_000_000), new RandomEvents(6).step(2, 4, 10));
        write(events);
        assertThat(bytes(read(path))).isEqualTo(bytes(events));
    }

    @Test
    void shouldMakeACallerWaitRatherThanFillTheMemory() throws InterruptedException {
        assertCallerWaits(new RandomEvents(7).step(1, 4, 2_000_000), 40, 39);
    }

    @Test
    void shouldCountThePricesAndSharesOfWaitingEvents() throws InterruptedException {
        // 16 bytes for each of a million sellers: room for four at most.
        assertCallerWaits(new RandomEvents(7).step(1, 1_000_000, 1), 10, 5);
    }

    /** @param most how many may be taken before a caller has to wait, with the one that is being handed on */
    private void assertCallerWaits(MarketEvent event, int events, int most) throws InterruptedException {
        Semaphore permits = new Semaphore(0);
        AtomicInteger taken = new AtomicInteger();
        try (FileEventLog log = FileEventLog.create(path, any -> permits.acquireUninterruptibly())) {
            Thread caller = new Thread(() -> {
                for (int count = 0; count < events; count++) {
                    log.append(event);
                    taken.incrementAndGet();
                }
            });
            caller.start();
            try {
                long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (caller.isAlive() && caller.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                assertThat(caller.getState()).as("append waits").isEqualTo(Thread.State.WAITING);
                assertThat(taken.get()).isBetween(1, most);
            } finally {
                permits.release(events);
                caller.join();
            }
        }
        assertThat(taken.get()).isEqualTo(events);
        assertThat(read(path)).hasSize(events);
    }

    @Test
    void shouldNameFileAndCauseWhenTheDeviceIsFull() throws IOException {
        FailingChannel device = new FailingChannel(
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1000);
        FileEventLog log = FileEventLog.onChannel(path, device, event -> {});
        String message = "cannot write " + path + ": No space left on device";
        assertThatThrownBy(() -> {
                    for (MarketEvent event : events(8, 1000)) {
                        log.append(event);
                    }
                    log.flush();
                })
                .isInstanceOf(EventLogException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> log.append(events(8, 1).get(0))).hasMessage(message);
        assertThatThrownBy(log::flush).hasMessage(message);
        assertThatThrownBy(log::close).hasMessage(message);
    }

    @Test
    void shouldHandOnEveryEventItTookEvenWhenTheDeviceIsFull() throws IOException {
        List<MarketEvent> seen = new ArrayList<>();
        FileEventLog log = FileEventLog.onChannel(
                path,
                new FailingChannel(
                        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1000),
                seen::add);
        List<MarketEvent> taken = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (MarketEvent event : events(8, 100_000)) {
                        log.append(event);
                        taken.add(event);
                    }
                    log.flush();
                })
                .isInstanceOf(EventLogException.class);
        assertThatThrownBy(log::close).isInstanceOf(EventLogException.class);
        assertThat(seen).isEqualTo(taken);
    }

    @Test
    void shouldCloseTheFileWhenItCannotEvenBegin() throws IOException {
        FileChannel device =
                new FailingChannel(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 3);
        assertThatThrownBy(() -> FileEventLog.onChannel(path, device, event -> {}))
                .isInstanceOf(IOException.class);
        assertThat(device.isOpen()).isFalse();
    }

    @Test
    void shouldLeaveWholeRecordsWhenTheDeviceFillsUp() throws IOException {
        List<MarketEvent> events = events(9, 200);
        for (int space = LogFileFormat.HEADER_SIZE; space < 20_000; space += 1711) {
            Path file = directory.resolve("full-" + space);
            FileEventLog log = FileEventLog.onChannel(
                    file,
                    new FailingChannel(
                            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), space),
                    event -> {});
            assertThatThrownBy(() -> {
                        for (MarketEvent event : events) {
                            log.append(event);
                            log.flush();
                        }
                    })
                    .isInstanceOf(EventLogException.class);
            try (FileEventLogReader reader = readerOfAnyEvents(file)) {
                int count = 0;
                for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                    assertThat(MarketEventCodec.encode(event)).isEqualTo(MarketEventCodec.encode(events.get(count++)));
                }
                assertThat(reader.isTorn()).isFalse();
            }
        }
    }

    @Test
    void shouldKeepTheWholeRecordsOfAWriteThatFails() throws IOException {
        List<MarketEvent> events = events(9, 60);
        long size = LogFileFormat.HEADER_SIZE;
        for (MarketEvent event : events.subList(0, 41)) {
            size += MarketEventCodec.encode(event).length + LogFileFormat.RECORD_OVERHEAD;
        }
        // Room for 40 records, and for all of the next but a byte.
        LogFile log = LogFile.begin(new FailingChannel(
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), size - 1));
        for (MarketEvent event : events) {
            log.add(event);
        }
        assertThatThrownBy(log::write).isInstanceOf(IOException.class);
        log.close();
        assertThat(bytes(read(path))).isEqualTo(bytes(events.subList(0, 40)));
        try (FileEventLogReader reader = readerOfAnyEvents(path)) {
            assertThat(reader.next()).isNotNull();
            assertThat(Files.size(path)).isLessThan(size - 1);
        }
    }

    @Test
    void shouldReachTheOperatingSystemEvenWhileEventsKeepComing() throws Exception {
        MarketEvent small = new RandomEvents(4).step(1, 3, 1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicLong handedOn = new AtomicLong();
        // Slower than the caller, so that the queue never runs empty; 200 of these are far less than a chunk.
        Consumer<MarketEvent> slow = event -> {
            if (done.getCount() > 0) {
                sleep(5);
            }
            handedOn.incrementAndGet();
        };
        try (FileEventLog log = FileEventLog.create(path, slow)) {
            for (int count = 0; count < 10_000; count++) {
                log.append(small);
            }
            while (handedOn.get() < 200 && read(path).isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(handedOn.get()).isLessThan(200);
            done.countDown();
        }
        assertThat(read(path)).hasSize(10_000);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldRefuseToOverwrite() throws IOException {
        Files.writeString(path, "notes");
        assertThatThrownBy(() -> FileEventLog.create(path)).hasMessage("cannot write " + path + ": File exists");
        assertThat(path).hasContent("notes");
    }

    @Test
    void shouldSayWhenTheDirectoryIsMissing() {
        Path lost = directory.resolve("lost").resolve("events.log");
        assertThatThrownBy(() -> FileEventLog.create(lost))
                .isInstanceOf(EventLogException.class)
                .hasMessage("cannot write " + lost + ": No such file or directory");
    }

    @Test
    void shouldRefuseEventsAfterItIsClosed() {
        FileEventLog log = FileEventLog.create(path);
        log.close();
        assertThatThrownBy(() -> log.append(events(10, 1).get(0))).hasMessageContaining("closed");
    }

    @Test
    void shouldTellATornLastRecordFromAWholeOneWhereverItIsCut() throws IOException {
        List<MarketEvent> events = events(11, 5);
        write(events);
        byte[] whole = Files.readAllBytes(path);
        int last = offsetOfLastRecord(whole.length, events);
        for (int cut = last; cut < whole.length; cut++) {
            Files.write(path, Arrays.copyOf(whole, cut));
            try (FileEventLogReader reader = readerOfAnyEvents(path)) {
                for (int count = 0; count < events.size() - 1; count++) {
                    assertThat(MarketEventCodec.encode(reader.next()))
                            .isEqualTo(MarketEventCodec.encode(events.get(count)));
                }
                assertThat(reader.next()).isNull();
                assertThat(reader.next()).isNull();
                assertThat(reader.isTorn()).isEqualTo(cut > last);
                assertThat(reader.position()).isEqualTo(last);
            }
        }
    }

    @Test
    void shouldGoOnBehindTheLastWholeRecord() throws IOException {
        List<MarketEvent> events = events(12, 20);
        write(events.subList(0, 10));
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length - 3));
        long end;
        int kept = 0;
        try (FileEventLogReader reader = readerOfAnyEvents(path)) {
            while (reader.next() != null) {
                kept++;
            }
            end = reader.position();
        }
        assertThat(kept).isEqualTo(9);
        try (FileEventLog log = FileEventLog.resume(path, end, event -> {})) {
            events.subList(9, 20).forEach(log::append);
        }
        assertThat(bytes(read(path))).isEqualTo(bytes(events));
    }

    @Test
    void shouldTakeTrailingZerosForATornRecord() throws IOException {
        List<MarketEvent> events = events(13, 3);
        write(events);
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length + 10_000));
        try (FileEventLogReader reader = readerOfAnyEvents(path)) {
            for (MarketEvent event : events) {
                assertThat(MarketEventCodec.encode(reader.next())).isEqualTo(MarketEventCodec.encode(event));
            }
            assertThat(reader.next()).isNull();
            assertThat(reader.isTorn()).isTrue();
            assertThat(reader.position()).isEqualTo(whole.length);
        }
    }

    @Test
    void shouldNeverGiveAWrongEventWhenBitsAreFlipped() throws IOException {
        List<MarketEvent> events = events(14, 6);
        write(events);
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(15);
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(10); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(path, damaged);
            assertDamageIsReported(events, Arrays.equals(damaged, whole));
        }
    }

    @Test
    void shouldRefuseAForeignFile() throws IOException {
        for (String foreign : List.of("PK\u0003\u0004 something", "{\"json\": true}", "x")) {
            Files.writeString(path, foreign);
            assertThatThrownBy(() -> new FileEventLogReader(path))
                    .isInstanceOf(EventLogException.class)
                    .hasMessage(path + ", offset 0: not an event log of Interregnum");
        }
    }

    @Test
    void shouldRefuseALogOfANewerVersion() throws IOException {
        Files.write(path, LogFileFormat.header(2));
        assertThatThrownBy(() -> new FileEventLogReader(path))
                .isInstanceOf(EventLogException.class)
                .hasMessage(path + ", offset 8: the log has format version 2, this program reads version 1");
    }

    @Test
    void shouldSayWhenALogEndsInItsHeader() throws IOException {
        for (int length = 0; length < LogFileFormat.HEADER_SIZE; length++) {
            Files.write(path, Arrays.copyOf(LogFileFormat.header(), length));
            assertThatThrownBy(() -> new FileEventLogReader(path))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("the log ends before its first event");
        }
    }

    @Test
    void shouldSayWhenThereIsNoLog() {
        assertThatThrownBy(() -> new FileEventLogReader(path))
                .isInstanceOf(EventLogException.class)
                .hasMessage("cannot read " + path + ": No such file or directory");
    }

    private void assertDamageIsReported(List<MarketEvent> events, boolean undamaged) {
        int count = 0;
        boolean reported = false;
        try (FileEventLogReader reader = readerOfAnyEvents(path)) {
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                assertThat(MarketEventCodec.encode(event)).isEqualTo(MarketEventCodec.encode(events.get(count++)));
            }
        } catch (EventLogException e) {
            assertThat(e.getMessage())
                    .startsWith(path.toString())
                    .contains("offset")
                    .doesNotContain("\n");
            reported = true;
        }
        assertThat(reported).isNotEqualTo(undamaged);
    }

    /** Random events are not those of a run. */
    private static FileEventLogReader readerOfAnyEvents(Path file) {
        return new FileEventLogReader(file, event -> {});
    }

    private static List<MarketEvent> events(long seed, int count) {
        RandomEvents events = new RandomEvents(seed);
        List<MarketEvent> list = new ArrayList<>();
        while (list.size() < count) {
            list.add(events.event());
        }
        return list;
    }

    /** Comparing the arrays of large events one by one takes minutes. */
    private static List<String> bytes(List<MarketEvent> events) {
        return events.stream()
                .map(event -> HexFormat.of().formatHex(MarketEventCodec.encode(event)))
                .toList();
    }

    private void write(List<MarketEvent> events) {
        try (FileEventLog log = FileEventLog.create(path)) {
            events.forEach(log::append);
        }
    }

    private static List<MarketEvent> read(Path path) {
        List<MarketEvent> events = new ArrayList<>();
        try (FileEventLogReader reader = readerOfAnyEvents(path)) {
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private int offsetOfLastRecord(int fileSize, List<MarketEvent> events) {
        int last = MarketEventCodec.encode(events.get(events.size() - 1)).length;
        return fileSize - last - LogFileFormat.RECORD_OVERHEAD;
    }
}
