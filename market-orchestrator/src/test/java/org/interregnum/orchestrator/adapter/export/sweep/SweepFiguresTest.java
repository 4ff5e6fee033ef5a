package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFiguresTest {
    private static final String SETTINGS = "J,rho,Nt,num-buyers,num-sellers";
    private static final double[] EFFECTS = {0, 0.3, 0.6, 0.75, 0.9, 1.2};
    private static final double[] RATES = {0.05, 0.1, 0.2, 0.4, 0.8};

    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();

    @Test
    void shouldDrawMapsAndLinesAndSumUpEveryGridPoint() throws IOException {
        new HandMadeSweep(directory, SETTINGS)
                .grid(EFFECTS, RATES, 5, (effect, rate) -> effect < 0.7 ? 0.1 : 0.7)
                .write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        assertThat(figures())
                .contains("phase-diagram.png", "phase-diagram.svg", "regimes.png", "leader-share.png", "profit.svg")
                .contains("lead-changes-lines.png", "price-lines.svg")
                .doesNotContain("finite-size-scaling.png");
        assertThat(ImageIO.read(directory.resolve("figures/phase-diagram.png").toFile())
                        .getWidth())
                .isEqualTo(1440);
        assertThat(Files.readString(directory.resolve("figures/leader-share.svg")))
                .contains("N = 1000, M = 10, 4000 points, 5 seeds");
        List<String> summary = Files.readAllLines(directory.resolve("summary.csv"));
        assertThat(summary).hasSize(1 + EFFECTS.length * RATES.length);
        assertThat(summary.get(0))
                .startsWith(SETTINGS + ",runs,unfinished,seeds,mean_leader_share,mean_leader_share_low,"
                        + "mean_leader_share_high,mean_leader_share_seeds,");
        // No run has a volatility, so it is not defined; the profit is the same in all.
        assertThat(summary.get(1))
                .startsWith("0,0.05,4000,1000,10,5,0,5,0.19,")
                .contains(",,,,0,-1.5,-1.5,-1.5,5,0,0,0,5,")
                .endsWith(",competition,1");
        assertThat(Files.readAllLines(directory.resolve("transitions.csv")))
                .hasSize(1 + RATES.length)
                .anySatisfy(line ->
                        assertThat(line).startsWith("0.8,4000,1000,10,0.67").contains(",0.6,0.75,"));
        assertThat(notes).anyMatch(note -> note.contains("summary.csv  30 grid points"));
        assertThat(directory.resolve("variance.csv")).doesNotExist();
    }

    @Test
    void shouldDrawFiniteSizeScaling() throws IOException {
        HandMadeSweep sweep = new HandMadeSweep(directory, SETTINGS);
        for (double effect : EFFECTS) {
            for (int buyers : new int[] {500, 1000, 2000}) {
                for (int seed = 0; seed < 3; seed++) {
                    sweep.run(effect + ",0.8,4000," + buyers + ",10", seed, effect < 0.7 ? 100.0 / buyers : 0.8);
                }
            }
        }
        sweep.write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        assertThat(figures()).contains("finite-size-scaling.png", "finite-size-scaling.svg");
        assertThat(Files.readAllLines(directory.resolve("transitions.csv"))).hasSize(4);
    }

    @Test
    void shouldMarkWhatIsMissingAndWhatFailed() throws IOException {
        new HandMadeSweep(directory, SETTINGS)
                .grid(new double[] {0, 1}, new double[] {0.1, 0.2}, 1, (effect, rate) -> 0.5)
                .line("4,2,0.1,4000,1000,10,42,failed,\"seller agent: down, for a minute\",17,,,,,,,,,")
                .write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        assertThat(Files.readString(directory.resolve("figures/regimes.svg")))
                .contains("hatched: no run, with × none that finished");
        assertThat(Files.readAllLines(directory.resolve("summary.csv")))
                .contains("2,0.1,4000,1000,10,1,1,0" + ",,,,0".repeat(8) + ",,");
    }

    @Test
    void shouldCountTheSeedsThatFinishedAndThoseInWhichAMeasureIsDefined() throws IOException {
        HandMadeSweep sweep = new HandMadeSweep(directory, SETTINGS)
                .grid(new double[] {0}, new double[] {0.1, 0.2}, 3, (effect, rate) -> 0.5)
                .grid(new double[] {1}, new double[] {0.1, 0.2}, 2, (effect, rate) -> 0.5);
        for (String rate : List.of("0.1", "0.2")) {
            sweep.line("99,1," + rate + ",4000,1000,10,77,failed,down,17,,,,,,,,,");
        }
        // Nobody bought anything, so there is no price.
        sweep.line("99,0,0.1,4000,1000,10,78,finished,,3999,competition,0.1,0,0,,,,0,1")
                .write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        assertThat(Files.readString(directory.resolve("figures/leader-share.svg")))
                .contains("4000 points, 2 to 4 seeds");
        assertThat(Files.readString(directory.resolve("figures/price.svg"))).contains("4000 points, 2 to 3 seeds");
        List<String> summary = Files.readAllLines(directory.resolve("summary.csv"));
        List<String> names = List.of(summary.get(0).split(","));
        String[] first = summary.get(1).split(",", -1);
        String[] last = summary.get(4).split(",", -1);
        assertThat(first[names.indexOf("seeds")]).isEqualTo("4");
        assertThat(first[names.indexOf("mean_leader_share_seeds")]).isEqualTo("4");
        assertThat(first[names.indexOf("mean_transaction_price_seeds")]).isEqualTo("3");
        assertThat(last[names.indexOf("runs")]).isEqualTo("3");
        assertThat(last[names.indexOf("seeds")]).isEqualTo("2");
    }

    @Test
    void shouldDrawNothingWhereNothingFinished() throws IOException {
        new HandMadeSweep(directory, SETTINGS)
                .line("0,0,0.1,4000,1000,10,1,failed,down,0,,,,,,,,,")
                .line("1,1,0.1,4000,1000,10,1,failed,down,0,,,,,,,,,")
                .write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        assertThat(notes).contains("no figure: no run has finished");
        assertThat(directory.resolve("figures")).doesNotExist();
    }

    @Test
    void shouldComeToTheSameOnAnyNumberOfCores() throws Exception {
        new HandMadeSweep(directory, SETTINGS)
                .grid(EFFECTS, RATES, 5, (effect, rate) -> effect * rate)
                .write();
        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);
        String onAll = Files.readString(directory.resolve("summary.csv"));

        // A parallel stream keeps to the pool in which it is begun.
        ForkJoinPool one = new ForkJoinPool(1);
        one.submit(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .get();
        one.shutdown();

        assertThat(directory.resolve("summary.csv")).hasContent(onAll);
    }

    @Test
    void shouldSayHowManyIntervalsThereAreAndWhenEachIsKnown() {
        new HandMadeSweep(directory, SETTINGS)
                .grid(EFFECTS, RATES, 2, (effect, rate) -> effect * rate)
                .write();
        AtomicInteger left = new AtomicInteger();

        Sweep.read(directory, new SweepFigures.Progress() {
            @Override
            public void begins(int gridPoints) {
                assertThat(gridPoints).isEqualTo(EFFECTS.length * RATES.length);
                left.set(gridPoints);
            }

            @Override
            public void ended() {
                left.decrementAndGet();
            }
        });

        assertThat(left).hasValue(0);
    }

    @Test
    void shouldTellRunsFromSeedsWhereASeedWasRunSeveralTimes() throws IOException {
        new HandMadeSweep(directory, "J,repetition")
                .run("1,0", 1, 0.4)
                .run("1,1", 1, 0.6)
                .run("1,0", 2, 0.7)
                .run("1,1", 2, 0.9)
                .run("2,0", 1, 0.5)
                .write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        // Within seeds 2 · 0.02 / 2 = 0.02; between means 0.5 and 0.8: (2 · 0.045 − 0.02) / 2 = 0.035.
        assertThat(Files.readAllLines(directory.resolve("variance.csv"))).anySatisfy(line -> {
            assertThat(line).startsWith("1,leader_order_parameter,2,4,0.0");
            String[] values = line.split(",", -1);
            assertThat(Double.parseDouble(values[4])).isCloseTo(0.02, within(1e-12));
            assertThat(Double.parseDouble(values[7])).isCloseTo(0.035, within(1e-12));
        });
    }

    @Test
    void shouldDrawNothingWhereOnlyTheSeedWasSwept() {
        new HandMadeSweep(directory, SETTINGS)
                .grid(new double[] {1}, new double[] {0.8}, 3, (effect, rate) -> 0.7)
                .write();

        SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE);

        assertThat(notes).contains("no figure: all runs so far are of one grid point, and differ in their seed alone");
        assertThat(directory.resolve("figures")).doesNotExist();
        assertThat(directory.resolve("summary.csv")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1,0.8,4000,1000,10,x,finished,,3999,competition,,,,,,,, | seed 'x' is no whole number",
                "0,1,0.8,4000,1000,10,1,done,,3999,competition,,,,,,,, | status 'done' is unknown",
                "0,1,0.8,4000,1000,10,1,finished,,3999,chaos,,,,,,,, | regime 'chaos' is unknown",
                "0,1,0.8,4000,1000,10,1,finished,,3999,competition,NaN,,,,,,, | mean_leader_share 'NaN' is no number",
                "0,abc0.0,0.8,4000,1000,10,1,finished,,3999,competition,,,,,,,, | J 'abc0.0' is no number",
                "0,,0.8,4000,1000,10,1,finished,,3999,competition,,,,,,,, | J '' is no number",
                "0x,1,0.8,4000,1000,10,1,finished,,3999,competition,,,,,,,, | cell '0x' is no whole number",
            })
    void shouldSayWhereATableIsDamaged(String line, String problem) {
        new HandMadeSweep(directory, SETTINGS).line(line).write();

        assertThatThrownBy(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .isInstanceOf(SweepUnreadableException.class)
                .hasMessage(directory.resolve("runs.csv") + " is damaged in line 2: " + problem);
        assertThat(directory.resolve("summary.csv")).doesNotExist();
    }

    @Test
    void shouldRefuseALineThatIsCutOff() {
        new HandMadeSweep(directory, SETTINGS)
                .line("0,1,0.8,4000,1000,10,42,finished,,3999,competition,0.1")
                .write();

        assertThatThrownBy(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .isInstanceOf(SweepUnreadableException.class)
                .hasMessage(directory.resolve("runs.csv")
                        + " cannot be read: Record 2 has 12 fields, but first record had 19 fields");
    }

    @Test
    void shouldSayThatThereIsNoTableOrNoRun() throws IOException {
        assertThatThrownBy(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .hasMessage(directory.resolve("runs.csv") + ": there is no such file");

        new HandMadeSweep(directory, SETTINGS).write();
        assertThatThrownBy(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .hasMessage(directory.resolve("runs.csv") + " has no run yet");

        Files.writeString(directory.resolve("runs.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .hasMessageContaining("is no table of a sweep's runs: it has no column seed");

        Files.write(directory.resolve("runs.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
        assertThatThrownBy(() -> SweepFigures.write(directory, notes::add, SweepFigures.Progress.NONE))
                .isInstanceOf(SweepUnreadableException.class);
    }

    private List<String> figures() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("figures"))) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
