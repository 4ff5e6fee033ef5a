package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file that a command reads back, cut off at many places, with ten bytes changed at many places, replaced by
 * something else and of a newer version: either one line names the file and nothing comes of it, or what comes is that of
 * the undamaged file in every bit, or, where a log was cut off, its beginning.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedFilesTest {
    private static final int CHANGES = 40;
    private static final int CUTS = 25;
    private static final int BYTES = 10;

    private Path directory;

    private ModelMarket market;
    private Path stopped;
    private Path other;
    private String series;
    private int trial;

    /** A run of a model that has spent its budget short of its last step, and what it comes to when it goes on. */
    @BeforeAll
    void run(@TempDir Path shared) throws IOException {
        directory = shared;
        market = new ModelMarket();
        Path whole = directory.resolve("whole");
        market.run(whole);
        int needed = market.requests();
        series = Files.readString(whole.resolve("series.csv"));
        stopped = directory.resolve("stopped");
        assertThat(stopAt(needed - 5, stopped).exitCode()).isEqualTo(ExitCode.BUDGET_SPENT);
        other = directory.resolve("other");
        assertThat(stopAt(needed - 5, other, "--seed=8").exitCode()).isEqualTo(ExitCode.BUDGET_SPENT);
    }

    @AfterAll
    void stop() {
        market.close();
    }

    private CommandRun stopAt(int calls, Path out, String... others) {
        List<String> options = new ArrayList<>(List.of("--no-fig", "--max-calls=" + calls, "--out=" + out));
        options.addAll(List.of(others));
        return market.market("run", options.toArray(String[]::new));
    }

    /** What reads a run, and what must come of it. */
    enum Reading {
        RESUME {
            @Override
            CommandRun of(Path run, Path out) {
                return CommandRun.of("resume", run.toString(), "--no-fig", "--quiet", "--max-calls=100000");
            }

            @Override
            Path result(Path run, Path out) {
                return run.resolve("series.csv");
            }
        },
        REPLAY {
            @Override
            CommandRun of(Path run, Path out) {
                return CommandRun.of("replay", run.toString(), "--no-fig", "--quiet", "--out=" + out);
            }

            @Override
            Path result(Path run, Path out) {
                return out.resolve("series.csv");
            }
        },
        FORK {
            @Override
            CommandRun of(Path run, Path out) {
                return CommandRun.of(
                        "fork",
                        run.toString(),
                        "--at=2",
                        "--sellers=rule",
                        "--buyers=rule",
                        "--no-fig",
                        "--quiet",
                        "--out=" + out);
            }

            @Override
            Path result(Path run, Path out) {
                return out.resolve("series.csv");
            }
        },
        EXPORT {
            @Override
            CommandRun of(Path run, Path out) {
                return CommandRun.of("export", run.toString(), "--format=csv", "--out=" + out);
            }

            @Override
            Path result(Path run, Path out) {
                return out.resolve("series.csv");
            }
        },
        EVENTS {
            @Override
            CommandRun of(Path run, Path out) {
                return CommandRun.of("events", run.toString());
            }

            @Override
            Path result(Path run, Path out) {
                return null;
            }
        },
        DIFF {
            @Override
            CommandRun of(Path run, Path out) {
                return CommandRun.of(
                        "diff", run.toString(), run.resolveSibling("stopped").toString());
            }

            @Override
            Path result(Path run, Path out) {
                return null;
            }
        };

        abstract CommandRun of(Path run, Path out);

        abstract Path result(Path run, Path out);
    }

    static Stream<Arguments> readings() {
        Map<String, List<Reading>> readers = new LinkedHashMap<>();
        readers.put("events.log", List.of(Reading.values()));
        readers.put("decisions.jsonl", List.of(Reading.RESUME, Reading.REPLAY, Reading.FORK, Reading.EXPORT));
        readers.put("asked.jsonl", List.of(Reading.RESUME));
        readers.put("run.json", List.of(Reading.RESUME, Reading.FORK));
        return readers.entrySet().stream()
                .flatMap(file -> file.getValue().stream().map(reading -> Arguments.of(file.getKey(), reading)));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void shouldRefuseTenChangedBytesOrComeToTheSame(String file, Reading reading) throws IOException {
        String expected = expected(reading);
        Random random = new Random(file.hashCode() * 31L + reading.ordinal());
        for (int change = 0; change < CHANGES; change++) {
            boolean together = change % 2 == 0;
            assertSafe(file, reading, expected, bytes -> together ? together(bytes, random) : scattered(bytes, random));
        }
    }

    private static byte[] together(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        for (int index = from; index < Math.min(bytes.length, from + BYTES); index++) {
            bytes[index] ^= (byte) (1 + random.nextInt(255));
        }
        return bytes;
    }

    private static byte[] scattered(byte[] bytes, Random random) {
        for (int count = 0; count < BYTES; count++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        }
        return bytes;
    }

    /** A digit that becomes another one is what a text hides best. */
    @ParameterizedTest
    @MethodSource("readings")
    void shouldRefuseAnotherDigit(String file, Reading reading) throws IOException {
        String expected = expected(reading);
        Random random = new Random(reading.ordinal());
        for (int change = 0; change < CHANGES; change++) {
            assertSafe(file, reading, expected, bytes -> {
                int at = random.nextInt(bytes.length);
                for (int tried = 0; tried < bytes.length && !Character.isDigit(bytes[at]); tried++) {
                    at = (at + 1) % bytes.length;
                }
                bytes[at] = (byte) ('0' + (bytes[at] - '0' + 1 + random.nextInt(9)) % 10);
                return bytes;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("readings")
    void shouldRefuseWhatIsCutOffOrComeToTheSame(String file, Reading reading) throws IOException {
        String expected = expected(reading);
        Random random = new Random(reading.ordinal());
        int length = (int) Files.size(stopped.resolve(file));
        for (int cut = 0; cut < CUTS; cut++) {
            int to = cut < 5 ? length - 1 - cut : random.nextInt(length);
            assertSafe(file, reading, expected, bytes -> Arrays.copyOf(bytes, to));
        }
        assertSafe(file, reading, expected, bytes -> new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("readings")
    void shouldRefuseSomethingElse(String file, Reading reading) throws IOException {
        String expected = expected(reading);
        for (String text :
                List.of("hello\n", "{}\n", "[1, 2]\n", "\u0089PNG\r\n\u001a\n", "\u0000".repeat(5000) + "\n")) {
            CommandRun run = assertSafe(file, reading, expected, bytes -> text.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(run.exitCode()).as(text).isEqualTo(ExitCode.BAD_INPUT);
        }
    }

    /** All of it whole, but not this run's. The log alone is another run, so what reads nothing else cannot know. */
    @ParameterizedTest
    @MethodSource("readings")
    void shouldRefuseTheFileOfAnotherRun(String file, Reading reading) throws IOException {
        boolean knows = !(reading == Reading.EVENTS || reading == Reading.DIFF);
        byte[] foreign = Files.readAllBytes(other.resolve(file));
        if (knows) {
            CommandRun run = damaged(file, reading, bytes -> foreign).run();
            assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.errLines()).singleElement().asString().containsAnyOf("of another run", "of the run other");
        }
    }

    @ParameterizedTest
    @MethodSource("readings")
    void shouldRefuseANewerVersion(String file, Reading reading) throws IOException {
        CommandRun run = damaged(
                        file,
                        reading,
                        bytes -> file.equals("events.log")
                                ? newerLog(bytes)
                                : newerJson(new String(bytes, StandardCharsets.UTF_8)))
                .run();
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains(file).contains("version 2", "version 1");
    }

    private static byte[] newerLog(byte[] bytes) {
        bytes[8] = 2;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, 12);
        for (int index = 0; index < 4; index++) {
            bytes[12 + index] = (byte) (checksum.getValue() >> 8 * index);
        }
        return bytes;
    }

    private static byte[] newerJson(String text) {
        int firstEnd = text.indexOf("\"crc32c\"");
        int end = text.indexOf('}', firstEnd) + 2;
        String first = text.substring(0, end).replaceFirst("(\"format_version\": ?)1,", "$12,");
        return (Resealed.of(first) + text.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private record Trial(CommandRun run, Path directory, Path out) {}

    private Trial damaged(String file, Reading reading, UnaryOperator<byte[]> damage) throws IOException {
        trial++;
        Path run = directory.resolve("trial-" + trial);
        Files.createDirectory(run);
        for (String name : List.of("events.log", "decisions.jsonl", "asked.jsonl", "run.json")) {
            Files.copy(stopped.resolve(name), run.resolve(name));
        }
        Files.write(run.resolve(file), damage.apply(Files.readAllBytes(run.resolve(file))));
        Path out = directory.resolve("out-" + trial);
        return new Trial(reading.of(run, out), run, out);
    }

    /** What comes of the undamaged run. */
    private String expected(Reading reading) throws IOException {
        Trial whole = damaged("run.json", reading, bytes -> bytes);
        assertThat(whole.run().exitCode()).as(whole.run().err()).isZero();
        String result = result(reading, whole);
        if (reading == Reading.RESUME) {
            assertThat(result).isEqualTo(series);
        }
        return result;
    }

    private static String result(Reading reading, Trial trial) throws IOException {
        Path result = reading.result(trial.directory(), trial.out());
        return result == null ? trial.run().out() : Files.readString(result);
    }

    private CommandRun assertSafe(String file, Reading reading, String expected, UnaryOperator<byte[]> damage)
            throws IOException {
        Trial damaged = damaged(file, reading, damage);
        CommandRun run = damaged.run();
        String what = file + ", trial " + trial + ": " + run.err();
        assertThat(run.err().lines().count()).as(what).isLessThanOrEqualTo(1);
        if (run.exitCode() == ExitCode.DONE) {
            assertSame(file, reading, expected, result(reading, damaged), what);
        } else {
            assertThat(run.exitCode()).as(what).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err())
                    .as(what)
                    .startsWith("market ")
                    .containsAnyOf(damaged.directory().toString(), "the steps that the run took");
            if (reading == Reading.EVENTS) {
                assertThat(expected).as(what).startsWith(run.out());
            } else {
                assertThat(damaged.out()).as(what).doesNotExist();
                assertThat(run.out()).as(what).isEmpty();
            }
        }
        delete(damaged.directory());
        delete(damaged.out());
        return run;
    }

    private static void assertSame(String file, Reading reading, String expected, String result, String what) {
        if (reading == Reading.DIFF) {
            assertThat(result).as(what).containsAnyOf("identical in every bit", "the same in every bit up to step");
        } else if (file.equals("events.log") && reading != Reading.RESUME && reading != Reading.FORK) {
            assertThat(expected).as(what).startsWith(result);
        } else {
            assertThat(result).as(what).isEqualTo(expected);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
