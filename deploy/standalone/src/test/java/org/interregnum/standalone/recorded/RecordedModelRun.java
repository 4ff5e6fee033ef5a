package org.interregnum.standalone.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.interregnum.orchestrator.model.Impression;
import org.interregnum.standalone.cli.CommandRun;

/** A run with models that the reference implementation computed, with the answers that it gave them. */
record RecordedModelRun(String name) {
    private static final List<String> NAMES = List.of(
            "models-sell",
            "models-and-rules-sell",
            "models-sell-and-see-few",
            "models-buy",
            "half-of-buyers-are-models",
            "half-of-buyers-act-every-step",
            "models-on-both-sides");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Lines of a question that state something about the market. */
    private static final Pattern FACT = Pattern.compile(
            "(Your (price|market share|cost|seller)|Buyers seen by the research"
                    + "|Mean|Median|Standard deviation|Minimum|Maximum|25th percentile|75th percentile|Seller \\d+):.*|\\[.*");

    static Stream<RecordedModelRun> all() {
        return NAMES.stream().map(RecordedModelRun::new);
    }

    /** Runs it by the command, its questions one by one, and asserts that it and its questions came out the same. */
    void assertReproduced(Path out, String... options) throws IOException {
        List<String> answers = lines("answers.csv");
        try (ChatEndpoint endpoint = ChatEndpoint.start((number, request) -> ChatEndpoint.Reply.saying(
                answer(request.kind(), answers.get(number).split(","))))) {
            List<String> command = new ArrayList<>(List.of(
                    "run",
                    "--file=" + file("run.yaml"),
                    "--model=fixed",
                    // Whose key is in no environment.
                    "--endpoint=keyless-in-tests",
                    "--base-url=" + endpoint.url("v1"),
                    "--in-flight=1",
                    "--no-fig",
                    "--quiet",
                    "--out=" + out));
            command.addAll(Arrays.asList(options));

            CommandRun run = CommandRun.of(command.toArray(String[]::new));

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            Trajectory.of(out).assertEqualTo(trajectory());
            assertThat(endpoint.requests()).as("requests").hasSameSizeAs(answers);
            assertTold(endpoint.requests());
        }
    }

    private static String answer(String kind, String[] answers) {
        return switch (kind) {
            case "price" -> "{\"reason\": \"fixed\", \"price\": " + answers[0] + "}";
            case "impression" -> "{\"impression\": \"" + answers[1] + "\"}";
            case "choice" -> "{\"reason\": \"fixed\", \"seller\": " + answers[2] + "}";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private void assertTold(List<ChatEndpoint.Request> requests) throws IOException {
        for (String line : lines("told.jsonl")) {
            JsonNode told = JSON.readTree(line);
            int number = told.path("question").intValue();
            ChatEndpoint.Request request = requests.get(number);
            List<String> facts = new ArrayList<>();
            told.path("facts").forEach(fact -> facts.add(fact.textValue()));

            assertThat(request.kind())
                    .as("kind of question " + number)
                    .isEqualTo(told.path("kind").textValue());
            assertThat(request.question()
                            .lines()
                            .filter(FACT.asMatchPredicate())
                            .toList())
                    .as("facts of question " + number)
                    .isEqualTo(facts);
        }
    }

    private Trajectory trajectory() throws IOException {
        return new Trajectory(
                rows("q.csv"),
                rows("p.csv"),
                lines("x.csv").stream().map(RecordedModelRun::integers).toArray(int[][]::new),
                lines("sellers.csv").stream().mapToInt(Integer::parseInt).toArray(),
                lines("impressions.csv").stream()
                        .map(line -> Arrays.stream(line.split(","))
                                .map(word -> Impression.valueOf(word.toUpperCase(Locale.ROOT)))
                                .toArray(Impression[]::new))
                        .toArray(Impression[][]::new));
    }

    private double[][] rows(String file) throws IOException {
        return lines(file).stream()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static int[] integers(String line) {
        return Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(file(file));
    }

    private Path file(String file) {
        String resource = "/reference-models/" + name + "/" + file;
        try {
            return Path.of(Objects.requireNonNull(RecordedModelRun.class.getResource(resource), resource)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
