package org.interregnum.orchestrator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.interregnum.orchestrator.adapter.RandomDecisions;
import org.interregnum.orchestrator.adapter.json.DecisionLine;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.decision.DecisionTestData;
import org.interregnum.orchestrator.event.EventLogException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionReconciliationTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("decisions.jsonl");
    }

    @Test
    void shouldKeepWhatIsOnlyInTheFileBehindWhatIsOnKafka() throws IOException {
        byte[] first = price(1, "one");
        byte[] lost = price(2, "one");
        byte[] unanswered = line(2, DecisionOutcome.UNDECIDED, "one");
        write(first, lost, unanswered, unanswered);

        assertThat(texts(reconcile(first, unanswered))).isEqualTo(texts(List.of(lost, unanswered)));

        assertThat(Files.readAllLines(file)).isEqualTo(texts(List.of(first, unanswered, lost, unanswered)));
    }

    @Test
    void shouldDropWhatTheSameModelWasAskedAgain() throws IOException {
        byte[] here = price(3, "one");
        byte[] there = price(3, "one");
        write(here);

        assertThat(reconcile(there)).isEmpty();

        assertThat(Files.readAllLines(file)).isEqualTo(texts(List.of(there)));
    }

    @Test
    void shouldKeepWhatAnotherModelWasPaidFor() throws IOException {
        byte[] first = price(3, "one");
        byte[] second = price(3, "other");
        write(first, second);

        assertThat(texts(reconcile(first))).isEqualTo(texts(List.of(second)));

        assertThat(Files.readAllLines(file)).isEqualTo(texts(List.of(first, second)));
    }

    @Test
    void shouldLeaveNothingBehindWhenADecisionOnKafkaIsDamaged() throws IOException {
        byte[] damaged = price(1, "one");
        damaged[30] ^= 1;

        assertThatThrownBy(() -> reconcile(damaged))
                .isInstanceOf(EventLogException.class)
                .hasMessageStartingWith("a decision on Kafka: not a decision: ");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldSayThatTheDeviceIsFullAndLeaveTheFileAsItWas() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "NOT TRIED: there is no device that is always full");
        byte[] kept = price(1, "one");
        write(kept);
        byte[][] many = new byte[200][];
        Arrays.setAll(many, step -> price(step + 1, "one"));
        Files.createSymbolicLink(directory.resolve("decisions.jsonl.part"), full);

        assertThatThrownBy(() -> reconcile(many)).isInstanceOf(IOException.class);

        assertThat(directory).isDirectoryNotContaining("glob:**.part");
        assertThat(Files.readAllLines(file)).isEqualTo(texts(List.of(kept)));
    }

    private List<byte[]> reconcile(byte[]... onKafka) throws IOException {
        return DecisionReconciliation.reconcile(lines -> List.of(onKafka).forEach(lines), false, file);
    }

    private void write(byte[]... lines) throws IOException {
        Files.write(file, texts(List.of(lines)));
    }

    private static byte[] price(long step, String model) {
        return line(step, DecisionOutcome.MODEL, model);
    }

    private static byte[] line(long step, DecisionOutcome outcome, String model) {
        DecisionRecord any = new RandomDecisions(System.nanoTime()).decision(step, DecisionKind.PRICE, 0, outcome);
        byte[] line = DecisionLine.of(new DecisionRecord(
                step, DecisionKind.PRICE, 0, DecisionTestData.model(model, 1), any.answer(), any.cost()));
        return Arrays.copyOf(line, line.length - 1);
    }

    private static List<String> texts(List<byte[]> lines) {
        return lines.stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }
}
