package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.interregnum.standalone.cli.CommandRun;

/** A small market whose sellers and some of whose buyers are the fixed model, and what a run of it must have come to. */
final class ModelMarket {
    /** Most questions under way at once. In every step there are more, though a price is one alone. */
    static final int IN_FLIGHT = 3;

    private static final int POINTS = 16;

    private ModelMarket() {}

    /** Runs it in this process, and asserts that this went well. */
    static RunFiles undisturbed(RunFiles files) throws IOException {
        try (FixedModel model = FixedModel.start()) {
            assertDone(CommandRun.of(command(model, files).toArray(String[]::new)));
        }
        return files;
    }

    /** The command that runs it. */
    static List<String> command(FixedModel model, RunFiles files, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--J=0.7",
                "--rho=0.9",
                "--Nt=" + POINTS,
                "--num-sellers=" + FixedModel.SELLERS,
                "--num-buyers=24",
                "--sellers=llm",
                "--buyers=llm",
                "--ratio=0.25",
                "--llm-activation=every-step",
                "--in-flight=" + IN_FLIGHT,
                "--model=fixed",
                // Whose key is in no environment.
                "--endpoint=keyless-in-tests",
                "--base-url=" + model.url(),
                "--no-fig",
                "--quiet",
                "--out=" + files.path()));
        command.addAll(Arrays.asList(options));
        return command;
    }

    static void assertDone(CommandRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    /** Asserts that a disturbed run has all that an undisturbed one has: each step and decision once, and the same bits. */
    static void assertSame(RunFiles disturbed, RunFiles undisturbed) throws IOException {
        assertThat(disturbed.arrays()).isEqualTo(undisturbed.arrays());
        assertThat(disturbed.steps())
                .containsExactlyElementsOf(LongStream.range(1, POINTS).boxed().toList());
        List<JsonNode> decisions = disturbed.decisions();
        assertThat(decisions).extracting(RunFiles::key).doesNotHaveDuplicates();
        assertThat(decisions)
                .extracting(RunFiles::key)
                .containsExactlyInAnyOrderElementsOf(
                        undisturbed.decisions().stream().map(RunFiles::key).toList());
        assertThat(decisions)
                .extracting(decision -> decision.get("outcome").textValue())
                .containsOnly("model");
    }

    /** Asserts that what was asked is what the log has an answer to, once, and besides what was lost. */
    static void assertAsked(List<String> asked, RunFiles files, List<String> lost) throws IOException {
        List<String> questions = new ArrayList<>(lost);
        files.decisions().forEach(decision -> questions.add(RunFiles.question(decision)));
        assertThat(asked).containsExactlyInAnyOrderElementsOf(questions);
    }

    /** The questions that were asked and to which the log has no answer. */
    static List<String> unanswered(List<String> asked, RunFiles files) throws IOException {
        List<String> unanswered = new ArrayList<>(asked);
        for (JsonNode decision : files.decisions()) {
            assertThat(unanswered.remove(RunFiles.question(decision)))
                    .as("the log answers what was asked, once")
                    .isTrue();
        }
        return unanswered;
    }
}
