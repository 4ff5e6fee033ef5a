package org.interregnum.orchestrator.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.interregnum.orchestrator.adapter.RandomDecisions;
import org.interregnum.orchestrator.adapter.RandomEvents;
import org.interregnum.orchestrator.adapter.json.DecisionLine;
import org.interregnum.orchestrator.adapter.json.IndexedDecisions;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.event.EventLogException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDecisionLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("decisions.jsonl");
    }

    @Test
    void shouldGiveBackEveryDecisionBitForBit() {
        List<DecisionRecord> decisions = decisions(1, 500);
        write(decisions);
        IndexedDecisions recorded = IndexedDecisions.read(FileDecisionLines.in(path));
        List<DecisionRecord> all = new ArrayList<>();
        recorded.forEach(all::add);
        assertThat(all).isEqualTo(decisions);
        for (DecisionRecord decision : decisions) {
            var found = recorded.find(decision.step(), decision.kind(), decision.subject(), decision.model());
            if (decision.answer().outcome() == DecisionOutcome.UNDECIDED) {
                assertThat(found).isEmpty();
            } else {
                assertThat(found.orElseThrow().answer().decision())
                        .isEqualTo(decision.answer().decision());
                assertThat(found.orElseThrow().decider()).isEqualTo(decision.decider());
                assertThat(found.orElseThrow().answer().report().calls()).isEmpty();
            }
        }
    }

    @Test
    void shouldFindNothingElse() {
        DecisionRecord decision = new RandomDecisions(2).decision(5, DecisionKind.PRICE, 3, DecisionOutcome.MODEL);
        ModelSettings model = decision.model();
        write(List.of(decision));
        IndexedDecisions recorded = IndexedDecisions.read(FileDecisionLines.in(path));
        assertThat(recorded.size()).isEqualTo(1);
        assertThat(recorded.find(5, DecisionKind.PRICE, 3, model)).isPresent();
        assertThat(recorded.find(5, DecisionKind.PRICE, 3, model.withAgent("moved:1")))
                .isPresent();
        assertThat(recorded.find(5, DecisionKind.PRICE, 3, new RandomEvents(9).settings()))
                .as("another model")
                .isEmpty();
        assertThat(recorded.find(6, DecisionKind.PRICE, 3, model)).isEmpty();
        assertThat(recorded.find(5, DecisionKind.CHOICE, 3, model)).isEmpty();
        assertThat(recorded.find(5, DecisionKind.PRICE, 2, model)).isEmpty();
    }

    @Test
    void shouldWriteWhatScriptsRead() throws IOException {
        List<ChatText> prompt = List.of(new ChatText("system", "You sell."), new ChatText("user", "Price?"));
        List<ChatText> repair = List.of(new ChatText("user", "Again."));
        ModelSettings settings = new ModelSettings(
                "localhost:9001",
                "local",
                ModelProvider.OLLAMA,
                "http://127.0.0.1:11434",
                "llama",
                0.7,
                StructuredOutput.JSON_OBJECT,
                "plain",
                300,
                4,
                ModelSettings.ANY_PACE,
                Duration.ofSeconds(20),
                Duration.ofMillis(60_500),
                1,
                Double.NaN);
        ModelReport report = new ModelReport(
                List.of(
                        new ModelCall(false, prompt, "ρ", null, 200, "llama:8b", 100, 20, 1_234_567),
                        new ModelCall(false, prompt, null, "time-out", 0, "", -1, -1, 1_000_000),
                        new ModelCall(true, repair, "{\"price\":0.53}", null, 200, "llama:8b", 50, 10, 100)),
                "plain",
                "ab12",
                "because",
                false,
                180,
                0.25,
                24);
        ModelAnswer answer = new ModelAnswer(
                new AgentProfile("interregnum-seller", "1", "llm"),
                new ModelDecision.Price(0.53),
                DecisionOutcome.REPAIRED,
                "no JSON",
                report);
        write(List.of(new DecisionRecord(17, DecisionKind.PRICE, 3, settings, answer, 0.125)));
        ObjectNode written = (ObjectNode) JSON.readTree(Files.readString(path));
        assertThat(written.remove("crc32c").textValue()).matches("[0-9a-f]{8}");
        assertThat(written).isEqualTo(JSON.readTree("""
                        {"format_version":1,"step":17,"kind":"price","seller":3,
                        "agent":"interregnum-seller","version":"1","strategy":"llm",
                        "endpoint":"local","provider":"ollama","base_url":"http://127.0.0.1:11434","model":"llama",
                        "provider_model":"llama:8b","temperature":0.7,"structured":"json_object",
                        "asked":{"address":"localhost:9001","prompt_variant":"plain","max_output_tokens":300,"calls_in_flight":4,
                          "calls_per_minute":null,"call_timeout_ms":20000.000,"deadline_ms":60500.000,"input_price":1.0,"output_price":null},
                        "prompt_variant":"plain","prompt_hash":"ab12",
                        "prompt":[{"role":"system","content":"You sell."},{"role":"user","content":"Price?"}],
                        "raw_answer":"{\\"price\\":0.53}","parsed":{"price":0.53,"reason":"because"},"decision":0.53,
                        "outcome":"repaired","reason":"no JSON","tokens":{"input":150,"output":30},
                        "cost":0.125,"charged_tokens":180,"charged_cost":0.25,"lost_calls":24,"allowance_spent":false,
                        "latency_ms":2.235,"attempts":3,"calls":[
                        {"repair":false,"messages":null,"answer":"ρ","failure":null,"status":200,"model":"llama:8b",
                          "input_tokens":100,"output_tokens":20,"latency_ms":1.235},
                        {"repair":false,"messages":null,"answer":null,"failure":"time-out","status":0,"model":null,
                          "input_tokens":null,"output_tokens":null,"latency_ms":1.000},
                        {"repair":true,"messages":[{"role":"user","content":"Again."}],
                          "answer":"{\\"price\\":0.53}","failure":null,"status":200,"model":"llama:8b",
                          "input_tokens":50,"output_tokens":10,"latency_ms":0.000}]}
                        """));
    }

    @Test
    void shouldSayNothingWhereNothingIsKnown() throws IOException {
        RandomDecisions decisions = new RandomDecisions(3);
        JsonNode undecided = withoutCalls(decisions.decision(1, DecisionKind.CHOICE, 42, DecisionOutcome.UNDECIDED));
        assertThat(undecided.get("buyer").intValue()).isEqualTo(42);
        for (String name : new String[] {"parsed", "decision", "raw_answer", "provider_model"}) {
            assertThat(undecided.get(name).isNull()).as(name).isTrue();
        }
        assertThat(undecided.get("prompt")).isEmpty();
        assertThat(undecided.get("tokens").get("input").isNull()).isTrue();
        JsonNode held = withoutCalls(decisions.decision(2, DecisionKind.CHOICE, 42, DecisionOutcome.FALLBACK));
        assertThat(held.get("parsed").isNull()).isTrue();
        assertThat(held.get("decision").isInt()).isTrue();
    }

    private static JsonNode withoutCalls(DecisionRecord decision) throws IOException {
        ModelAnswer answer = decision.answer();
        ModelReport report = new ModelReport(List.of(), "", "", "", true, 0, 0);
        return JSON.readTree(DecisionLine.of(new DecisionRecord(
                decision.step(),
                decision.kind(),
                decision.subject(),
                decision.model(),
                new ModelAnswer(answer.agent(), answer.decision(), answer.outcome(), answer.reason(), report),
                Double.NaN)));
    }

    @Test
    void shouldHaveEachLineInTheFileAtOnce() throws IOException {
        try (FileDecisionLog log = FileDecisionLog.create(path)) {
            for (int count = 1; count <= 20; count++) {
                log.append(new RandomDecisions(count).decision(count));
                assertThat(Files.readAllLines(path)).hasSize(count);
            }
            log.flush();
        }
    }

    @Test
    void shouldKeepLinesOfAThreadThatIsInterrupted() {
        Thread.currentThread().interrupt();
        try {
            write(decisions(4, 3));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(lines()).hasSize(3);
    }

    @Test
    void shouldNotMindHalfASurrogatePair() {
        DecisionRecord decision = new RandomDecisions(5).decision(1, DecisionKind.PRICE, 0, DecisionOutcome.MODEL);
        ModelAnswer answer = decision.answer();
        write(List.of(new DecisionRecord(
                1,
                DecisionKind.PRICE,
                0,
                decision.model(),
                new ModelAnswer(answer.agent(), answer.decision(), answer.outcome(), "a\ud83db", answer.report()),
                0)));
        assertThat(lines().get(0).answer().reason()).isEqualTo("a?b");
    }

    @Test
    void shouldGoOnAfterALineThatWasCutOff() throws IOException {
        List<DecisionRecord> decisions = decisions(6, 10);
        write(decisions.subList(0, 5));
        Files.writeString(path, "x".repeat(100_000), StandardOpenOption.APPEND);
        assertThat(lines()).isEqualTo(decisions.subList(0, 5));
        try (FileDecisionLog log = FileDecisionLog.resume(path)) {
            decisions.subList(5, 10).forEach(log::append);
        }
        assertThat(lines()).isEqualTo(decisions);
    }

    @Test
    void shouldGoOnWhenOnlyHalfALineIsThere() throws IOException {
        Files.writeString(path, "{\"format");
        try (FileDecisionLog log = FileDecisionLog.resume(path)) {
            log.append(decisions(7, 1).get(0));
        }
        assertThat(lines()).hasSize(1);
    }

    @Test
    void shouldNotCountLinesThatCameAfterReading() {
        List<DecisionRecord> decisions = decisions(8, 10);
        write(decisions.subList(0, 5));
        IndexedDecisions recorded = IndexedDecisions.read(FileDecisionLines.in(path));
        List<DecisionRecord> seen = new ArrayList<>();
        try (FileDecisionLog log = FileDecisionLog.resume(path)) {
            decisions.subList(5, 10).forEach(log::append);
            recorded.forEach(seen::add);
        }
        assertThat(seen).isEqualTo(decisions.subList(0, 5));
    }

    @Test
    void shouldRefuseAFileThatExistsAndOneThatDoesNot() {
        assertThatThrownBy(() -> FileDecisionLog.resume(path))
                .isInstanceOf(EventLogException.class)
                .hasMessage("cannot write " + path + ": No such file or directory");
        FileDecisionLog log = FileDecisionLog.create(path);
        assertThatThrownBy(() -> FileDecisionLog.create(path)).hasMessage("cannot write " + path + ": File exists");
        log.close();
        log.close();
        assertThatThrownBy(() -> log.append(new RandomDecisions(1).decision(1)))
                .hasMessage("cannot write " + path + ": the log is closed");
    }

    @Test
    void shouldKeepWholeLinesWhenTheDiskIsFull() throws IOException {
        List<DecisionRecord> decisions = decisions(9, 2);
        long space = DecisionLine.of(decisions.get(0)).length + 10L;
        try (FileDecisionLog log = FileDecisionLog.inFile(path, new FullDisk(path, space), true)) {
            log.append(decisions.get(0));
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> log.append(decisions.get(1)))
                        .isInstanceOf(EventLogException.class)
                        .hasMessage("cannot write " + path + ": No space left on device");
            }
        }
        assertThat(lines()).isEqualTo(decisions.subList(0, 1));
        assertThat(Files.size(path)).isEqualTo(space - 10);
    }

    @Test
    void shouldNameTheLineThatIsNoDecision() throws IOException {
        assertUnreadable(line -> line.remove("kind"), "it has no kind");
        assertUnreadable(line -> line.put("kind", "whim"), "its kind is not one this program knows");
        assertUnreadable(line -> line.put("step", 0), "its step is not a whole number from 1");
        assertUnreadable(line -> line.put("step", "1"), "its step is not a whole number from 1");
        assertUnreadable(line -> line.put("decision", -1), "its price is below 0");
        assertUnreadable(line -> line.putNull("decision"), "its decision is not a number");
        assertUnreadable(line -> line.put("endpoint", "a b"), "endpoint a b: must be letters");
        assertUnreadable(line -> line.put("calls", 3), "its calls is not a list");
        assertUnreadable(
                line -> line.put("format_version", 2), "it has format version 2, this program reads version 1");
        String whole = new String(DecisionLine.of(price(1)), StandardCharsets.UTF_8);
        for (String text : new String[] {"", "nonsense", "[]", "{", "\u0000\u0000", whole.strip() + "{}"}) {
            Files.writeString(path, whole + text + "\n");
            assertThatThrownBy(() -> IndexedDecisions.read(FileDecisionLines.in(path)))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageStartingWith(path + ", line 2: not a decision: it is no JSON")
                    .message()
                    .doesNotContain("\n");
        }
    }

    private void assertUnreadable(Consumer<ObjectNode> change, String problem) throws IOException {
        ObjectNode line = (ObjectNode) JSON.readTree(DecisionLine.of(price(2)));
        change.accept(line);
        line.remove("crc32c");
        String changed = line.toString();
        String before = changed.substring(0, changed.length() - 1);
        CRC32C checksum = new CRC32C();
        checksum.update(before.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                path,
                new String(DecisionLine.of(price(1)), StandardCharsets.UTF_8)
                        + String.format("%s,\"crc32c\":\"%08x\"}%n", before, checksum.getValue()));
        assertThatThrownBy(() -> IndexedDecisions.read(FileDecisionLines.in(path)))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith(path + ", line 2: not a decision: " + problem);
    }

    @Test
    void shouldRefuseALineWithAnotherNumberOrWithoutItsChecksum() throws IOException {
        String line = new String(DecisionLine.of(price(1)), StandardCharsets.UTF_8);
        assertRefused(
                line.replaceFirst("\"attempts\":\\d", "\"attempts\":9"),
                "line 1: not a decision: it does not match its checksum");
        assertRefused(
                line.replaceFirst(",\"crc32c\".*", "}"), "line 1: not a decision: it does not end with its checksum");
        assertRefused(line.replace('\n', ' '), "offset " + (DecisionLine.of(price(1)).length - 1) + ": damaged");
    }

    private void assertRefused(String content, String problem) throws IOException {
        Files.writeString(path, content);
        assertThatThrownBy(() -> IndexedDecisions.read(FileDecisionLines.in(path)))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith(path + ", " + problem);
    }

    @Test
    void shouldNameBothLinesThatDecideTheSame() {
        DecisionRecord undecided = new RandomDecisions(1).decision(1, DecisionKind.PRICE, 0, DecisionOutcome.UNDECIDED);
        write(List.of(undecided, price(1), undecided));
        assertThat(IndexedDecisions.read(FileDecisionLines.in(path)).size()).isEqualTo(1);
        try (FileDecisionLog log = FileDecisionLog.resume(path)) {
            log.append(price(1));
        }
        assertThatThrownBy(() -> IndexedDecisions.read(FileDecisionLines.in(path)))
                .hasMessage(path + ", line 4: decides again what line 2 decides");
    }

    private static DecisionRecord price(long step) {
        return new RandomDecisions(step).decision(step, DecisionKind.PRICE, 0, DecisionOutcome.MODEL);
    }

    private static List<DecisionRecord> decisions(long seed, int count) {
        RandomDecisions random = new RandomDecisions(seed);
        return LongStream.rangeClosed(1, count).mapToObj(random::decision).toList();
    }

    private void write(List<DecisionRecord> decisions) {
        try (FileDecisionLog log = FileDecisionLog.create(path)) {
            decisions.forEach(log::append);
        }
    }

    private List<DecisionRecord> lines() {
        List<DecisionRecord> lines = new ArrayList<>();
        IndexedDecisions.read(FileDecisionLines.in(path)).forEach(lines::add);
        return lines;
    }

    /** A file on a disk with so many bytes left. */
    private static final class FullDisk extends RandomAccessFile {
        private final long space;

        FullDisk(Path path, long space) throws IOException {
            super(path.toFile(), "rw");
            this.space = space;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int fits = (int) Math.min(length, space - getFilePointer());
            super.write(bytes, offset, fits);
            if (fits < length) {
                throw new IOException("No space left on device");
            }
        }
    }
}
