package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.interregnum.standalone.scripted.AnswerKind;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs whose model limits, fails, hangs and talks nonsense: they end by themselves, and every call is accounted for. */
@Timeout(480)
@Execution(ExecutionMode.CONCURRENT) // Nearly all of the time is waiting.
@Tag("thorough")
class HostileEndpointIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ScriptedModelOptions HOSTILE = ScriptedModelOptions.PLAIN
            .withRate(AnswerKind.RATE_LIMITED, 0.2)
            .withRate(AnswerKind.FAILED, 0.1)
            .withRate(AnswerKind.HUNG, 0.05)
            .withRate(AnswerKind.PROSE, 0.05)
            .withRate(AnswerKind.GARBAGE, 0.05)
            .withRate(AnswerKind.MISFIT, 0.05);

    @TempDir
    private Path directory;

    @Test
    void shouldEndByItselfWithEveryDecisionAccountedFor() throws IOException {
        Path out = directory.resolve("run");
        // With a limit for the fallbacks that these rates make likely: about one in thirty decisions.
        try (ScriptedModel model = ScriptedModel.start(HOSTILE.withRetryAfter(0), "127.0.0.1", 0)) {
            CommandRun run = run(model, out, "--max-fallback-rate", "0.2", "--call-timeout", "1s");

            assertThat(run.exitCode()).as(run.err()).isZero();
            Map<String, Long> outcomes = requireAccounts(out, model.requests());
            assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(399);
            assertThat(outcomes).containsKeys("model", "repaired", "fallback").doesNotContainKey("undecided");
            JsonNode manifest = JSON.readTree(Files.readString(out.resolve("run.json")));
            outcomes.forEach((outcome, count) ->
                    assertThat(manifest.at("/decisions/" + outcome).longValue()).isEqualTo(count));
            long requests = model.requests();
            assertThat(requests).as("no retry storm").isLessThanOrEqualTo(2 * 399);

            Path again = directory.resolve("again");
            CommandRun replay = CommandRun.of("replay", out.toString(), "--out", again.toString(), "--quiet");

            assertThat(replay.exitCode()).as(replay.err()).isZero();
            assertThat(arrays(again)).isEqualTo(arrays(out));
            assertThat(model.requests()).as("a replay asks nobody").isEqualTo(requests);
        }
    }

    @Test
    void shouldWaitAsLongAsALimitingEndpointWants() throws IOException {
        Path out = directory.resolve("run");
        ScriptedModelOptions limiting = ScriptedModelOptions.PLAIN
                .withRate(AnswerKind.RATE_LIMITED, 0.2)
                .withRetryAfter(1);
        try (ScriptedModel model = ScriptedModel.start(limiting, "127.0.0.1", 0)) {
            long before = System.nanoTime();
            assertThat(run(model, out, "--Nt", "20").exitCode()).isZero();

            requireAccounts(out, model.requests());
            assertThat(model.answers(AnswerKind.RATE_LIMITED)).isPositive();
            assertThat((System.nanoTime() - before) / 1e9)
                    .isGreaterThanOrEqualTo(model.answers(AnswerKind.RATE_LIMITED) * 1.0);
        }
    }

    @Test
    void shouldStopWhereTooManyFallBackAndGoOnLater() throws IOException {
        Path out = directory.resolve("run");
        ScriptedModelOptions nonsense = ScriptedModelOptions.PLAIN.withRate(AnswerKind.GARBAGE, 0.9);
        int stoppedAt;
        long requests;
        try (ScriptedModel model = ScriptedModel.start(nonsense, "127.0.0.1", 0)) {
            CommandRun run = run(model, out, "--max-fallback-rate", "0.05");
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("6 of the last 100 decisions fell back", "market resume");
            Map<String, Long> outcomes = requireAccounts(out, model.requests());
            assertThat(outcomes).containsEntry("fallback", 6L);
            stoppedAt = model.port();
            requests = lines(out).size();
        }
        try (ScriptedModel mended = ScriptedModel.start(ScriptedModelOptions.PLAIN, "127.0.0.1", stoppedAt)) {
            CommandRun resumed = CommandRun.of("resume", out.toString(), "--quiet");

            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(lines(out)).hasSize(399);
            assertThat(mended.requests()).as("nothing is asked again").isEqualTo(399 - requests);
        }
    }

    private static CommandRun run(ScriptedModel model, Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--J", "1", "--rho", "0.8"));
        if (!List.of(options).contains("--Nt")) {
            arguments.addAll(List.of("--Nt", "400"));
        }
        arguments.addAll(List.of("--num-buyers", "100", "--sellers", "llm", "--model", "scripted", "--no-fig"));
        arguments.addAll(List.of("--base_url", "http://127.0.0.1:" + model.port() + "/v1", "--quiet"));
        arguments.addAll(List.of("--out", out.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** What the endpoint saw is what the file says, neither more nor less; the decisions by outcome. */
    private static Map<String, Long> requireAccounts(Path out, long requests) throws IOException {
        Map<String, Long> outcomes = new HashMap<>();
        long attempts = 0;
        long answers = 0;
        long failures = 0;
        for (JsonNode line : lines(out)) {
            outcomes.merge(line.get("outcome").textValue(), 1L, Long::sum);
            attempts += line.get("attempts").longValue();
            for (JsonNode call : line.get("calls")) {
                answers += call.get("answer").isNull() ? 0 : 1;
                failures += call.get("failure").isNull() ? 0 : 1;
            }
        }
        assertThat(attempts).isEqualTo(requests);
        assertThat(answers + failures).isEqualTo(requests);
        return outcomes;
    }

    private static List<JsonNode> lines(Path out) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("decisions.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** The arrays by name, as text so that a difference can be read off a failure no further than it must be. */
    private static Map<String, String> arrays(Path out) throws IOException {
        Map<String, String> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(out.resolve("series.npz")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                zip.transferTo(bytes);
                arrays.put(entry.getName(), bytes.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return arrays;
    }
}
