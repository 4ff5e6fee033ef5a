package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.DirectoryLock;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.run.RunInstruments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketServiceTest {
    /** Nobody answers there, so that the run waits. */
    private static final String REQUEST = "{\"J\": 1, \"rho\": 0.8, \"Nt\": 10, \"num-buyers\": 10, \"fig\": false}";

    private static final int RUNS = 20;

    @TempDir
    private Path data;

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private MarketService service;

    @BeforeEach
    void begin() {
        service = service();
    }

    private MarketService service() {
        return new MarketService(
                ServiceSettings.of(
                        "tester",
                        data,
                        Optional.empty(),
                        "protobuf",
                        Optional.of("127.0.0.1:1"),
                        Optional.of("127.0.0.1:1"),
                        "1m",
                        List.of(),
                        16),
                (run, step, line) -> journal.add(line),
                RunInstruments.Factory.NONE);
    }

    @AfterEach
    void end() {
        service.close();
    }

    private void leave(String id) {
        RunDirectory.create(data.resolve(id));
        RunDirectory.of(data.resolve(id)).keepRequest(REQUEST);
    }

    private static long threads(String id) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("run-" + id))
                .count();
    }

    @Test
    void shouldSayNothingOfRunsBeforeItKnowsThem() {
        leave("earlier");
        assertThatThrownBy(service::list).isInstanceOf(NotRecoveredException.class);
        assertThatThrownBy(() -> service.find("earlier")).isInstanceOf(NotRecoveredException.class);
        assertThatThrownBy(() -> service.create(Optional.of("earlier"), REQUEST, false))
                .isInstanceOf(NotRecoveredException.class)
                .hasMessage(
                        "the runs and agents of the orchestrator service before this one are not known yet; try again in a while");

        service.recover();

        assertThat(service.list()).extracting(RunView::id).containsExactly("earlier");
        assertThatThrownBy(() -> service.create(Optional.of("earlier"), REQUEST, false))
                .isInstanceOf(RunConflictException.class);
        assertThatThrownBy(() -> service.find("other")).isInstanceOf(NoSuchRunException.class);
    }

    @Test
    void shouldGoOnWithARunOnceHoweverOftenItLooksForThem() {
        leave("earlier");
        service.recover();
        service.recover();
        assertThat(service.list()).hasSize(1);
        assertThat(threads("earlier")).isEqualTo(1);
    }

    @Test
    void shouldWaitForAgentsThatAreNotThere() throws InterruptedException {
        leave("earlier");
        service.recover();
        // Longer than a run of the command line waits at its start.
        Thread.sleep(4_000);
        assertThat(service.find("earlier").state()).isIn(RunState.WAITING, RunState.RUNNING);
        assertThat(journal).isEmpty();
    }

    @Test
    void shouldLeaveTheDirectoryOfAnotherProcessAloneUntilThatHasEnded() throws InterruptedException {
        leave("earlier");
        RunDirectory directory = RunDirectory.of(data.resolve("earlier"));
        DirectoryLock other = DirectoryLock.take(directory.lock()).orElseThrow();
        service.recover();
        Thread.sleep(1_000);
        assertThat(service.find("earlier").state()).isEqualTo(RunState.WAITING);
        assertThat(directory.manifest()).doesNotExist();

        other.close();

        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Files.notExists(directory.manifest()) && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        assertThat(directory.manifest()).exists();
    }

    @Test
    void shouldGoOnWithRunsAlthoughTheBookOfAgentsIsDamaged() throws Exception {
        leave("earlier");
        Files.writeString(data.resolve("agents.json"), "damaged");
        for (int tries = 0; tries < 2; tries++) {
            assertThatThrownBy(service::recover)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageStartingWith(data.resolve("agents.json") + ": ");
        }
        assertThat(service.isRecovered()).isTrue();
        assertThat(service.list()).extracting(RunView::id).containsExactly("earlier");
        assertThat(service.create(Optional.of("later"), REQUEST, false).id()).isEqualTo("later");
        assertThatThrownBy(() -> service.agents().list())
                .isInstanceOf(NotRecoveredException.class)
                .hasMessageContaining("agents.json");
        assertThat(threads("earlier")).isEqualTo(1);

        Files.delete(data.resolve("agents.json"));
        service.recover();
        assertThat(service.agents().list()).hasSize(2);
    }

    @Test
    void shouldGiveNoEventsOfARunThatHasNotBegun() {
        leave("earlier");
        service.recover();
        try (EventSource events = service.events("earlier")) {
            assertThat(events.next()).isNull();
        }
    }

    @Test
    void shouldRememberWhenARunWasAskedFor() throws Exception {
        service.recover();
        Instant created = service.create(Optional.of("asked"), REQUEST, true).created();
        RunDirectory kept = RunDirectory.of(data.resolve("asked"));
        Files.setLastModifiedTime(kept.request(), FileTime.from(created.plusSeconds(1000)));
        assertThat(kept.created()).isEqualTo(created);
        kept.keepRequest(REQUEST);
        assertThat(kept.created()).isEqualTo(created);
        service.close();

        service = service();
        service.recover();
        assertThat(service.find("asked").created()).isEqualTo(created);
    }

    @Test
    void shouldTakeUpARunThatWasAskedForBeforeTheTimeWasKept() throws Exception {
        leave("old");
        RunDirectory kept = RunDirectory.of(data.resolve("old"));
        // As it was written before.
        byte[] checked = ("old\n" + REQUEST).getBytes(StandardCharsets.UTF_8);
        CRC32C sum = new CRC32C();
        sum.update(checked);
        Files.writeString(
                kept.request(),
                "# Interregnum request, version 1, of old, crc32c %08x\n%s".formatted(sum.getValue(), REQUEST));
        Instant changed = Instant.ofEpochSecond(1_700_000_000);
        Files.setLastModifiedTime(kept.request(), FileTime.from(changed));
        service.recover();
        assertThat(service.find("old").created()).isEqualTo(changed);
    }

    @Test
    void shouldNotBeginARunThatWasStoppedBeforeItHadBegun() throws InterruptedException {
        service.recover();
        createAndStop();
        service.close();
        service = service();
        service.recover();
        assertThat(service.list()).hasSize(RUNS).allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(RunState.STOPPED);
            assertThat(run.reason()).isEqualTo("stopped by the user");
        });

        service.goOn("run-0", Optional.empty(), false);
        assertThat(service.find("run-0").state()).isIn(RunState.WAITING, RunState.RUNNING);
    }

    private void createAndStop() throws InterruptedException {
        for (int run = 0; run < RUNS; run++) {
            String id = "run-" + run;
            service.create(Optional.of(id), REQUEST, false);
            // Its thread is somewhere between its start and its wait for the agents.
            Thread.sleep(run * 3L);
            service.stop(id);
        }
        for (int run = 0; run < RUNS; run++) {
            while (!service.find("run-" + run).state().isOver()) {
                Thread.sleep(5);
            }
        }
        assertThat(service.list()).allSatisfy(run -> {
            assertThat(run.reason()).isEqualTo("stopped by the user");
            assertThat(run.state()).isEqualTo(RunState.STOPPED);
        });
    }

    @Test
    void shouldGoOnWithARunThatHadNotBegunWhenTheServiceStopped() throws InterruptedException {
        service.recover();
        for (int run = 0; run < RUNS; run++) {
            service.create(Optional.of("run-" + run), REQUEST, false);
            Thread.sleep(2);
        }
        service.close();
        service = service();
        service.recover();
        assertThat(service.list())
                .hasSize(RUNS)
                .allSatisfy(run -> assertThat(run.state()).isIn(RunState.WAITING, RunState.RUNNING));
    }
}
