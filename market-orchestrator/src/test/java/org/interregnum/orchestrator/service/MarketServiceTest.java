package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.run.RunInstruments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        return service(16);
    }

    private MarketService service(int atOnce) {
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
                        atOnce),
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

    private void awaitOver(String id) throws InterruptedException {
        while (!service.find(id).state().isOver()) {
            Thread.sleep(5);
        }
    }

    private void createAndStop(String id) throws InterruptedException {
        service.create(Optional.of(id), REQUEST, false);
        service.stop(id);
        awaitOver(id);
    }

    @Test
    void shouldEndARunAtOnceThatWaitsForOthersToEnd() throws InterruptedException {
        service.close();
        service = service(1);
        service.recover();
        service.create(Optional.of("first"), REQUEST, false);
        // Has the only turn, while it waits for its agents.
        Thread.sleep(300);
        createAndStop("second");
        assertThat(service.find("second").reason()).isEqualTo("stopped by the user");
        assertThat(service.find("first").state().isOver()).isFalse();
        service.goOn("second", Optional.empty(), false);
        assertThat(service.find("second").state()).isEqualTo(RunState.WAITING);
    }

    @Test
    void shouldHoldARunAgainThatWasHeldBeforeItHadBegun() {
        service.recover();
        service.create(Optional.of("held"), REQUEST, true);
        service.create(Optional.of("gone-on"), REQUEST, true);
        service.goOn("gone-on", Optional.empty(), false);
        service.create(Optional.of("paused"), REQUEST, false);
        service.pause("paused");
        service.close();
        service = service();
        service.recover();
        assertThat(service.step("held", 1).state().isOver()).isFalse();
        assertThat(service.step("paused", 1).state().isOver()).isFalse();
        assertThatThrownBy(() -> service.step("gone-on", 1))
                .isInstanceOf(RunConflictException.class)
                .hasMessage("the run gone-on is not paused");
    }

    @Test
    void shouldHoldARunAgainThatWasToWaitAndWhoseServiceWasKilledBeforeItHadBegun() {
        leave("held");
        RunDirectory.of(data.resolve("held")).keepResume("paused");
        service.recover();
        assertThat(service.step("held", 1).state().isOver()).isFalse();
    }

    @Test
    void shouldStopARunWhoseStopCannotBeKeptAndLeaveItSoUntilItCan() throws Exception {
        service.recover();
        service.create(Optional.of("kept"), REQUEST, false);
        Path inTheWay = Files.createDirectories(data.resolve("kept/stopped/something"));
        service.stop("kept");
        awaitOver("kept");
        assertThat(service.find("kept").state()).isEqualTo(RunState.STOPPED);
        assertThat(service.find("kept").reason())
                .startsWith("stopped by the user; the next service will begin it: cannot write ");
        assertThat(service.stuck()).isEmpty();

        assertThatThrownBy(() -> service.goOn("kept", Optional.empty(), false))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith("cannot remove " + inTheWay.getParent());
        assertThat(service.find("kept").state()).isEqualTo(RunState.STOPPED);

        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        service.goOn("kept", Optional.empty(), false);
        assertThat(service.find("kept").state().isOver()).isFalse();
    }

    @Test
    @Timeout(30)
    void shouldTellOfARunWhoseRequestIsBeingWritten() throws Exception {
        service.recover();
        createAndStop("slow");
        Path pipe = data.resolve("slow/request.yaml.part");
        boolean hasPipes = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        assumeTrue(hasPipes, "this system has no pipes that are files");
        // Whoever writes there waits for somebody who reads.
        HeldThread writer = HeldThread.start(() -> service.goOn("slow", Optional.of(REQUEST), false));
        Thread.sleep(300);
        assertThat(service.find("slow").state()).isEqualTo(RunState.STOPPED);
        assertThat(service.stuck()).isEmpty();
        assertThat(Files.readString(pipe)).endsWith(REQUEST);
        writer.awaitEnd();
        assertThat(service.find("slow").state().isOver()).isFalse();
    }

    @Test
    void shouldBeginARunInADirectoryWithoutAnythingInIt() throws Exception {
        service.recover();
        Files.createDirectory(data.resolve("empty"));
        Files.createDirectories(data.resolve("full/something"));
        assertThat(service.create(Optional.of("empty"), REQUEST, false).id()).isEqualTo("empty");
        assertThatThrownBy(() -> service.create(Optional.of("full"), REQUEST, false))
                .isInstanceOf(RunConflictException.class)
                .hasMessageEndingWith(" already");
        assertThat(data.resolve("full/something")).exists();
    }

    @Test
    void shouldLeaveNothingOfARunThatCannotBeKept() throws Exception {
        service.recover();
        Files.createSymbolicLink(data.resolve("nowhere"), data.resolve("not there/at all"));
        assertThatThrownBy(() -> service.create(Optional.of("nowhere"), REQUEST, false))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith("cannot write ");
        assertThat(service.list()).isEmpty();
    }

    @Test
    void shouldRemoveARunThatIsOver() throws Exception {
        service.recover();
        createAndStop("old");
        Files.createDirectories(data.resolve("old/of/somebody"));
        service.remove("old");
        assertThat(service.list()).isEmpty();
        assertThat(Files.list(data)).noneMatch(path -> path.toString().contains("old"));
        assertThatThrownBy(() -> service.remove("old")).isInstanceOf(NoSuchRunException.class);
        assertThat(service.create(Optional.of("old"), REQUEST, true).step()).isZero();
        service.stop("old");
        awaitOver("old");
        service.remove("old");

        service.close();
        service = service();
        service.recover();
        assertThat(service.list()).isEmpty();
    }

    @Test
    void shouldNotRemoveARunThatGoesOn() {
        service.recover();
        service.create(Optional.of("held"), REQUEST, true);
        assertThatThrownBy(() -> service.remove("held"))
                .isInstanceOf(RunConflictException.class)
                .hasMessageEndingWith("; stop it first");
        assertThat(data.resolve("held/request.yaml")).exists();
    }

    @Test
    void shouldNotRemoveARunThatAnotherProcessWrites() throws Exception {
        service.recover();
        createAndStop("resumed");
        try (DirectoryLock other = DirectoryLock.take(
                        RunDirectory.of(data.resolve("resumed")).lock())
                .orElseThrow()) {
            assertThatThrownBy(() -> service.remove("resumed")).isInstanceOf(RunConflictException.class);
        }
        assertThat(service.find("resumed").state()).isEqualTo(RunState.STOPPED);
        service.remove("resumed");
    }

    @Test
    void shouldDeleteWhatAServiceLeftThatWasKilledWhileItRemovedARun() throws Exception {
        createAndLeaveRemoved();
        service.recover();
        assertThat(service.list()).isEmpty();
        assertThat(Files.list(data).filter(Files::isDirectory)).isEmpty();
    }

    private void createAndLeaveRemoved() {
        leave("gone");
        assertThat(new RemovedRuns(data).take(RunDirectory.of(data.resolve("gone"))))
                .exists();
        assertThat(data.resolve("gone")).doesNotExist();
    }

    @Test
    void shouldListRunsPageByPage() throws InterruptedException {
        service.recover();
        for (int run = 0; run < 5; run++) {
            service.create(Optional.of("run-" + run), REQUEST, true);
        }
        service.stop("run-3");
        awaitOver("run-3");
        assertThat(service.list(Optional.empty(), Optional.empty(), 2))
                .extracting(RunView::id)
                .containsExactly("run-4", "run-3");
        assertThat(service.list(Optional.empty(), Optional.of("run-3"), 2))
                .extracting(RunView::id)
                .containsExactly("run-2", "run-1");
        assertThat(service.list(Optional.of(RunState.STOPPED), Optional.of("run-4"), 2))
                .extracting(RunView::id)
                .containsExactly("run-3");
        assertThat(service.list(Optional.empty(), Optional.of("run-0"), 2)).isEmpty();
        assertThatThrownBy(() -> service.list(Optional.empty(), Optional.of("run-9"), 2))
                .isInstanceOf(BadInputException.class)
                .hasMessage("after run-9: there is no such run; must be the last one of the list before");
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
