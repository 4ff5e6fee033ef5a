package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs of which every record is whole, but not every one belongs there: two files joined, a record there twice or missing.
 * Each command says so in one line with the place, and makes nothing.
 */
class RecordsOfOtherRunsTest {
    /** Magic, version and checksum. */
    private static final int HEADER = 16;
    /** A length and two checksums. */
    private static final int FRAME = 12;

    @TempDir
    private Path directory;

    private Path run;
    private Path other;
    private Path out;

    @BeforeEach
    void runTwo() {
        run = run("run", "--seed=3", "--num-buyers=30", "--Nt=30");
        other = run("other", "--seed=4", "--num-buyers=20", "--num-sellers=3", "--Nt=20");
        out = directory.resolve("out");
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("events"),
                List.of("export", "--format=csv"),
                List.of("export", "--format=parquet"),
                List.of("export", "--format=jsonl"),
                List.of("export", "--format=npz"),
                List.of("replay", "--no-fig", "--quiet"),
                List.of("fork", "--at=2", "--rho=0.1", "--no-fig", "--quiet"),
                List.of("resume", "--no-fig", "--quiet"),
                List.of("diff"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseTheLogOfAnotherRunBehindItsOwn(List<String> command) throws IOException {
        joinWithTheOther(records(run), command, "something follows the end of the run");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseTheLogOfAnotherRunBehindOneThatWasKilled(List<String> command) throws IOException {
        List<byte[]> records = records(run);
        joinWithTheOther(records.subList(0, records.size() - 1), command, "the run begins again");
    }

    private void joinWithTheOther(List<byte[]> records, List<String> command, String problem) throws IOException {
        List<byte[]> joined = new ArrayList<>(records);
        joined.addAll(records(other));
        write(joined);

        assertRefused(command, size(records), problem);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseALogThatLacksARecord(List<String> command) throws IOException {
        List<byte[]> records = records(run);
        // Behind the start and the opening.
        records.remove(2 + 9);
        write(records);

        assertRefused(command, size(records.subList(0, 2 + 9)), "step 11 follows step 9");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseALogThatHasARecordTwice(List<String> command) throws IOException {
        List<byte[]> records = records(run);
        records.add(2 + 9, records.get(2 + 8));
        write(records);

        assertRefused(command, size(records.subList(0, 2 + 9)), "step 9 follows step 9");
    }

    private void assertRefused(List<String> command, int offset, String problem) throws IOException {
        byte[] log = Files.readAllBytes(run.resolve("events.log"));
        List<String> arguments = new ArrayList<>(command);
        arguments.add(1, run.toString());
        if (command.get(0).equals("diff")) {
            arguments.add(2, other.toString());
        }
        if (!List.of("events", "resume").contains(command.get(0))) {
            arguments.add("--out=" + out);
        }

        CommandRun refused = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(refused.errLines())
                .containsExactly("market %s: %s, offset %d: the log contradicts itself: %s"
                        .formatted(command.get(0), run.resolve("events.log"), offset, problem));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out).doesNotExist();
        assertThat(run.resolve("events.log")).hasBinaryContent(log);
    }

    private Path run(String name, String... options) {
        Path path = directory.resolve(name);
        List<String> command =
                new ArrayList<>(List.of("run", "--J=1", "--rho=0.8", "--no-fig", "--quiet", "--out=" + path));
        command.addAll(List.of(options));
        assertThat(CommandRun.of(command.toArray(String[]::new)).exitCode()).isZero();
        return path;
    }

    private static List<byte[]> records(Path run) throws IOException {
        byte[] log = Files.readAllBytes(run.resolve("events.log"));
        List<byte[]> records = new ArrayList<>();
        for (int at = HEADER; at < log.length; at += records.get(records.size() - 1).length) {
            int size = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).getInt(at) + FRAME;
            records.add(Arrays.copyOfRange(log, at, at + size));
        }
        return records;
    }

    private static int size(List<byte[]> records) {
        return HEADER + records.stream().mapToInt(record -> record.length).sum();
    }

    private void write(List<byte[]> records) throws IOException {
        Path log = run.resolve("events.log");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(log), 0, HEADER);
        records.forEach(record -> bytes.write(record, 0, record.length));
        Files.write(log, bytes.toByteArray());
    }
}
