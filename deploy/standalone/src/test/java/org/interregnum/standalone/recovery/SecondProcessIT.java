package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.MarketProcess;
import org.interregnum.standalone.cli.CommandRun;
import org.interregnum.standalone.recorded.RuleMarket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A second process in the directory of a run that is under way: it is refused, and changes nothing. */
@Tag("thorough")
@Timeout(180)
class SecondProcessIT {
    private static final int POINTS = 60_000;

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
    void shouldBeRefusedAndTouchNothing() throws Exception {
        RunFiles undisturbed = new RunFiles(directory.resolve("undisturbed"));
        ModelMarket.assertDone(
                CommandRun.of(RuleMarket.command(undisturbed.path(), POINTS).toArray(String[]::new)));
        RunFiles files = new RunFiles(directory.resolve("run"));
        try (MarketProcess run = start(RuleMarket.command(files.path(), POINTS))) {
            awaitSteps(run, files);
            run.signal("STOP");
            Map<String, String> before = contents(files.path());
            assertThat(before).containsKeys("run.json", "run.lock", "series.npz.part");

            assertRefused("resume", files.path().toString(), "--no-fig", "--quiet");
            assertRefused("resume", files.path().toString(), "--no-fig", "--quiet");

            assertThat(contents(files.path())).isEqualTo(before);
            CommandRun anew =
                    CommandRun.of(RuleMarket.command(files.path(), POINTS).toArray(String[]::new));
            assertThat(anew.exitCode()).isEqualTo(2);
            assertThat(contents(files.path())).isEqualTo(before);
            run.signal("CONT");
            assertThat(run.await(120)).as(run.said()).isZero();
        }
        assertThat(files.arrays()).isEqualTo(undisturbed.arrays());
        assertThat(files.manifest().get("status").textValue()).isEqualTo("finished");
        assertThat(contents(files.path()).keySet())
                .as("nothing is left of the lock, or of parts")
                .isEqualTo(contents(undisturbed.path()).keySet());
    }

    @Test
    void shouldAskNoModel() throws Exception {
        RunFiles undisturbed = ModelMarket.undisturbed(new RunFiles(directory.resolve("undisturbed")));
        RunFiles files = new RunFiles(directory.resolve("run"));
        try (FixedModel model = FixedModel.start()) {
            model.holdAfter(4, request -> !request.kind().equals("price"));
            try (MarketProcess run = start(ModelMarket.command(model, files))) {
                model.awaitHeld(ModelMarket.IN_FLIGHT);
                Map<String, String> before = contents(files.path());
                int asked = model.asked().size();

                assertRefused("resume", files.path().toString(), "--no-fig", "--quiet", "--max-calls=100000");

                assertThat(contents(files.path())).isEqualTo(before);
                assertThat(model.asked()).hasSize(asked);
                model.releaseHeld();
                model.release();
                assertThat(run.await(120)).as(run.said()).isZero();
            }
            ModelMarket.assertAsked(model.asked(), files, List.of());
        }
        ModelMarket.assertSame(files, undisturbed);
    }

    @Test
    void shouldGoOnWhenTheFirstOneWasKilled() throws Exception {
        RunFiles files = new RunFiles(directory.resolve("run"));
        try (MarketProcess run = start(RuleMarket.command(files.path(), POINTS))) {
            awaitSteps(run, files);
            run.kill();
        }
        assertThat(files.path().resolve("run.lock")).as("what the kill left").exists();

        ModelMarket.assertDone(CommandRun.of("resume", files.path().toString(), "--no-fig", "--quiet"));

        assertThat(files.path().resolve("run.lock")).doesNotExist();
    }

    private static void awaitSteps(MarketProcess run, RunFiles files) throws Exception {
        Path log = files.path().resolve("events.log");
        while (Files.notExists(log) || Files.size(log) < 500_000) {
            assertThat(run.isAlive()).as("still running").isTrue();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void assertRefused(String... arguments) {
        CommandRun second = CommandRun.of(arguments);
        assertThat(second.errLines())
                .singleElement()
                .asString()
                .startsWith("market resume: RUN ")
                .contains("another process is writing this run");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.out()).isEmpty();
    }

    /** When each file was last written, which file it is, and what is in it. */
    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                contents.put(
                        file.getFileName().toString(),
                        attributes.lastModifiedTime() + " " + attributes.fileKey() + " "
                                + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private MarketProcess start(List<String> arguments) throws IOException {
        return MarketProcess.start(directory.resolve("err"), arguments);
    }
}
