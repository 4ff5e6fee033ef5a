package org.interregnum.orchestrator.adapter.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.json.DecisionLineReader;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.RecordedDecisions;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Decisions in a file that {@link FileDecisionLog} wrote. What {@link #find} gives has an empty list of calls: what models
 * were sent and said stays in the file, which may be large, and is read again by {@link #forEach}.
 */
public final class FileRecordedDecisions implements RecordedDecisions {
    private final Path path;
    private final Map<Key, Entry> decisions = new HashMap<>();
    private final Set<Key> undecided = new HashSet<>();
    private long lastStep;
    private long end;

    private FileRecordedDecisions(Path path) {
        this.path = path;
    }

    /**
     * Reads a file. A last line that was cut off does not count, and lines of what was not decided are no decisions.
     *
     * @throws EventLogException when the file cannot be read, a line is not a decision or of a newer version, or two lines
     *     decide the same
     */
    public static FileRecordedDecisions read(Path path) {
        FileRecordedDecisions decisions = new FileRecordedDecisions(path);
        decisions.end = decisions.readLines(Long.MAX_VALUE, decisions::add);
        return decisions;
    }

    /**
     * Hands on every line of a file as {@link #forEach} does, without remembering any.
     *
     * @throws EventLogException when the file cannot be read, or a line is not a decision or of a newer version
     */
    public static void readEach(Path path, Consumer<DecisionRecord> reader) {
        new FileRecordedDecisions(path).readLines(Long.MAX_VALUE, (number, decision) -> reader.accept(decision));
    }

    /**
     * Copies the lines of the first steps of a file as they are.
     *
     * @param to the new file
     * @param lastStep last step whose lines are copied
     * @throws EventLogException when a file cannot be read or written, or a line is not a decision
     */
    public static void copy(Path from, Path to, long lastStep) {
        FileRecordedDecisions source = new FileRecordedDecisions(from);
        DecisionLineReader reader = new DecisionLineReader();
        try (WholeLines whole = new WholeLines(from)) {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(to, StandardOpenOption.CREATE_NEW))) {
                byte[] line = whole.next();
                for (int number = 1; line != null; number++) {
                    if (source.decision(reader, line, number).step() <= lastStep) {
                        out.write(line);
                        out.write('\n');
                    }
                    line = whole.next();
                }
            }
        } catch (NoSuchFileException e) {
            throw FileProblem.cannotRead(from, e);
        } catch (IOException e) {
            throw FileProblem.cannotWrite(to, e);
        }
    }

    @Override
    public Optional<DecisionRecord> find(long step, DecisionKind kind, int subject) {
        return Optional.ofNullable(decisions.get(new Key(step, kind, subject))).map(Entry::decision);
    }

    /** Whether there is a line about a question, be it of a decision or of one that was not taken. */
    public boolean hasLine(long step, DecisionKind kind, int subject) {
        Key key = new Key(step, kind, subject);
        return decisions.containsKey(key) || undecided.contains(key);
    }

    /** The last step that a line is about; 0 without a line. */
    public long lastStep() {
        return lastStep;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The file of questions beside it, which there need not be. */
    public Path askedPath() {
        return FileAskedQuestions.beside(path);
    }

    /** Number of decisions that can be found. */
    public int size() {
        return decisions.size();
    }

    /**
     * Hands on every line that was there when the file was read, in order and in full, those among them of what was not
     * decided: they cost something too. Such a record's answer has no decision, but null. Latencies are whole
     * microseconds.
     *
     * @throws EventLogException when the file cannot be read
     */
    public void forEach(Consumer<DecisionRecord> reader) {
        readLines(end, (number, decision) -> reader.accept(decision));
    }

    /**
     * Hands on every question that was asked, in the order in which they were; those without an answer among them.
     *
     * @throws EventLogException when there is something else where they are kept
     */
    public void forEachAsked(Consumer<AskedQuestion> reader) {
        FileAskedQuestions.forEach(FileAskedQuestions.beside(path), reader);
    }

    private long readLines(long until, LineConsumer lines) {
        DecisionLineReader reader = new DecisionLineReader();
        try (WholeLines whole = new WholeLines(path)) {
            for (int number = 1; whole.position() < until; number++) {
                byte[] line = whole.next();
                if (line == null) {
                    break;
                }
                lines.accept(number, decision(reader, line, number));
            }
            return whole.position();
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        }
    }

    private DecisionRecord decision(DecisionLineReader reader, byte[] line, int number) {
        try {
            return reader.read(line);
        } catch (IllegalArgumentException e) {
            throw atLine(number, "not a decision: " + e.getMessage().replaceAll("\\s+", " "), e);
        }
    }

    private void add(int number, DecisionRecord decision) {
        Key key = new Key(decision.step(), decision.kind(), decision.subject());
        lastStep = Math.max(lastStep, decision.step());
        if (decision.answer().outcome() == DecisionOutcome.UNDECIDED) {
            undecided.add(key);
            return;
        }
        Entry before = decisions.putIfAbsent(key, new Entry(number, withoutCalls(decision)));
        if (before != null) {
            throw atLine(number, "decides again what line " + before.line() + " decides", null);
        }
    }

    private static DecisionRecord withoutCalls(DecisionRecord decision) {
        ModelAnswer answer = decision.answer();
        ModelReport report = answer.report();
        ModelReport bare = new ModelReport(
                List.of(),
                report.promptVariant(),
                report.promptHash(),
                report.statedReason(),
                report.allowanceSpent(),
                report.chargedTokens(),
                report.chargedCost(),
                report.lostCalls());
        return new DecisionRecord(
                decision.step(),
                decision.kind(),
                decision.subject(),
                decision.model(),
                new ModelAnswer(answer.agent(), answer.decision(), answer.outcome(), answer.reason(), bare),
                decision.cost());
    }

    private EventLogException atLine(int number, String problem, Throwable cause) {
        return new EventLogException(path + ", line " + number + ": " + problem, cause);
    }

    private interface LineConsumer {
        void accept(int number, DecisionRecord decision);
    }

    private record Key(long step, DecisionKind kind, int subject) {}

    private record Entry(int line, DecisionRecord decision) {}
}
