package org.interregnum.orchestrator.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.interregnum.orchestrator.adapter.json.DecisionLineReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Makes a run's file of decisions that of its decisions on Kafka. A killed run may have a few in the file that never came
 * to Kafka: they were paid for, so they are kept, unless another orchestrator has had the same decided since.
 */
final class DecisionReconciliation {
    private final Map<ByteBuffer, Integer> onKafka = new HashMap<>();
    private final Set<Key> decided = new HashSet<>();
    private final DecisionLineReader reader = new DecisionLineReader();
    private final List<byte[]> missing = new ArrayList<>();

    private DecisionReconciliation() {}

    private record Key(long step, DecisionKind kind, int subject) {}

    /**
     * Rewrites the file, which may be missing.
     *
     * @return the lines that Kafka lacks
     * @throws EventLogException when a decision on Kafka or in the file is damaged
     */
    static List<byte[]> reconcile(KafkaRun run, Path file) throws IOException {
        DecisionReconciliation reconciliation = new DecisionReconciliation();
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
            run.readDecisions(line -> reconciliation.addFromKafka(line, out));
            if (Files.exists(file)) {
                reconciliation.addFromFile(file, out);
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return reconciliation.missing;
    }

    private void addFromKafka(byte[] line, OutputStream out) {
        onKafka.merge(ByteBuffer.wrap(line), 1, Integer::sum);
        DecisionRecord decision = read(line, "a decision on Kafka");
        if (decision.answer().outcome() != DecisionOutcome.UNDECIDED) {
            decided.add(key(decision));
        }
        write(line, out);
    }

    private void addFromFile(Path file, OutputStream out) throws IOException {
        byte[] text = Files.readAllBytes(file);
        int from = 0;
        int number = 0;
        // A last line that was cut off is none.
        for (int end = 0; end < text.length; end++) {
            if (text[end] == '\n') {
                number++;
                addFromFile(Arrays.copyOfRange(text, from, end), file + ", line " + number, out);
                from = end + 1;
            }
        }
    }

    private void addFromFile(byte[] line, String where, OutputStream out) {
        Integer left = onKafka.computeIfPresent(ByteBuffer.wrap(line), (same, count) -> count - 1);
        if (left != null && left >= 0) {
            return;
        }
        DecisionRecord decision = read(line, where);
        if (!decided.contains(key(decision))) {
            write(line, out);
            missing.add(line);
        }
    }

    private DecisionRecord read(byte[] line, String where) {
        try {
            return reader.read(line);
        } catch (IllegalArgumentException e) {
            throw new EventLogException(
                    where + ": not a decision: " + e.getMessage().replaceAll("\\s+", " "), e);
        }
    }

    private static Key key(DecisionRecord decision) {
        return new Key(decision.step(), decision.kind(), decision.subject());
    }

    private static void write(byte[] line, OutputStream out) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
