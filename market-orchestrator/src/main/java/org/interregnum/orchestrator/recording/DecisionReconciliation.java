package org.interregnum.orchestrator.recording;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.file.FileDecisionLines;
import org.interregnum.orchestrator.adapter.json.DecisionLineReader;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelIdentity;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Makes a run's file of decisions that of its decisions on Kafka. A killed run may have a few in the file that never came
 * to Kafka: they were paid for, so they are kept, unless another orchestrator has had the same decided by the same model
 * since. Lines are handed from one place to the other; what stays in memory is whose decision each was, and the lines that
 * Kafka lacks.
 */
final class DecisionReconciliation {
    private final Set<Key> decided = new HashSet<>();
    private final Map<ModelIdentity, Integer> models = new HashMap<>();
    /** What was not decided has no key of its own: there may be many such lines about one question. */
    private final Map<Digest, Integer> undecided = new HashMap<>();

    private final DecisionLineReader reader = new DecisionLineReader();
    private final List<byte[]> missing = new ArrayList<>();
    private final OutputStream out;

    private DecisionReconciliation(OutputStream out) {
        this.out = out;
    }

    private record Key(long step, DecisionKind kind, int subject, int model) {}

    /** Half of a line's SHA-256. */
    private record Digest(long first, long second) {
        static Digest of(byte[] line) {
            try {
                ByteBuffer digest =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(line));
                return new Digest(digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /** Decisions on Kafka: hands each line on, in order. */
    @FunctionalInterface
    interface OnKafka {
        void read(Consumer<byte[]> lines);
    }

    /**
     * Rewrites the file, which may be missing. When that fails, it is as it was.
     *
     * @param hasModels whether the run had models from its beginning, and so has a file in any case
     * @return the lines that Kafka lacks
     * @throws EventLogException when a decision on Kafka or in the file is damaged
     */
    static List<byte[]> reconcile(OnKafka kafka, boolean hasModels, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            List<byte[]> missing = merge(kafka, file, unfinished);
            // A run of rules, so far, has no file.
            if (Files.size(unfinished) > 0 || Files.exists(file) || hasModels) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return missing;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static List<byte[]> merge(OnKafka kafka, Path file, Path unfinished) throws IOException {
        try (FileOutputStream device = new FileOutputStream(unfinished.toFile());
                OutputStream out = new BufferedOutputStream(device)) {
            DecisionReconciliation reconciliation = new DecisionReconciliation(out);
            kafka.read(reconciliation::addFromKafka);
            FileDecisionLines lines = FileDecisionLines.in(file).ifAny();
            long[] number = {0};
            lines.read(Long.MAX_VALUE, line -> reconciliation.addFromFile(line, lines.place(++number[0])));
            out.flush();
            // What was on the device stays there, also when the machine dies now.
            device.getFD().sync();
            return reconciliation.missing;
        }
    }

    private void addFromKafka(byte[] line) {
        DecisionRecord decision = read(line, "a decision on Kafka");
        if (decision.answer().outcome() == DecisionOutcome.UNDECIDED) {
            undecided.merge(Digest.of(line), 1, Integer::sum);
        } else {
            decided.add(key(decision));
        }
        write(line);
    }

    private void addFromFile(byte[] line, String where) {
        DecisionRecord decision = read(line, where);
        boolean isThere = decision.answer().outcome() == DecisionOutcome.UNDECIDED
                ? undecided.merge(Digest.of(line), -1, Integer::sum) >= 0
                : decided.contains(key(decision));
        if (!isThere) {
            write(line);
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

    private Key key(DecisionRecord decision) {
        int model = models.computeIfAbsent(ModelIdentity.of(decision.model()), unknown -> models.size());
        return new Key(decision.step(), decision.kind(), decision.subject(), model);
    }

    private void write(byte[] line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
