package org.interregnum.orchestrator.adapter.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelIdentity;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.RecordedDecisions;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Decisions that were kept as lines, to be looked up. What {@link #find} gives has an empty list of calls: what models
 * were sent and said stays where the lines are, which may be large, and is read again by {@link #forEach}.
 */
public final class IndexedDecisions implements RecordedDecisions {
    private static final int NOBODY = -1;

    private final DecisionLines lines;
    private final Map<Key, Entry> decisions = new HashMap<>();
    private final Map<ModelIdentity, Integer> models = new HashMap<>();
    private final Set<Key> undecided = new HashSet<>();
    private long read;

    private IndexedDecisions(DecisionLines lines) {
        this.lines = lines;
    }

    /**
     * Reads all lines that there are. Those of what was not decided are no decisions.
     *
     * @throws EventLogException when they cannot be read, one is not a decision or of a newer version, or one model decides
     *     the same in two lines
     */
    public static IndexedDecisions read(DecisionLines lines) {
        IndexedDecisions decisions = new IndexedDecisions(lines);
        decisions.read = readEach(lines, Long.MAX_VALUE, decisions::add);
        return decisions;
    }

    /**
     * Hands on every line and what it says, as {@link #forEach} does, without remembering any.
     *
     * @throws EventLogException when they cannot be read, or one is not a decision or of a newer version
     */
    public static void readEach(DecisionLines lines, BiConsumer<byte[], DecisionRecord> reader) {
        readEach(lines, Long.MAX_VALUE, (number, line, decision) -> reader.accept(line, decision));
    }

    @Override
    public Optional<DecisionRecord> find(long step, DecisionKind kind, int subject, ModelSettings model) {
        return Optional.ofNullable(models.get(ModelIdentity.of(model)))
                .map(number -> decisions.get(new Key(step, kind, subject, number)))
                .map(Entry::decision);
    }

    /** Whether there is a line about a question, be it of a decision or of one that was not taken. */
    public boolean hasLine(long step, DecisionKind kind, int subject) {
        return undecided.contains(new Key(step, kind, subject, NOBODY))
                || models.values().stream()
                        .anyMatch(model -> decisions.containsKey(new Key(step, kind, subject, model)));
    }

    /** What the lines are called in a complaint. */
    public String name() {
        return lines.name();
    }

    /** What the questions are called in a complaint. */
    public String askedName() {
        return lines.askedName();
    }

    /** Number of decisions that can be found. */
    public int size() {
        return decisions.size();
    }

    /**
     * Hands on every line that was there when they were read, in order and in full, those among them of what was not
     * decided: they cost something too. Such a record's answer has no decision, but null. Latencies are whole
     * microseconds.
     *
     * @throws EventLogException when they cannot be read
     */
    public void forEach(Consumer<DecisionRecord> reader) {
        readEach(lines, read, (number, line, decision) -> reader.accept(decision));
    }

    /**
     * Hands on every question that was asked, in the order in which they were; those without an answer among them.
     *
     * @throws EventLogException when there is something else where they are kept
     */
    public void forEachAsked(Consumer<AskedQuestion> reader) {
        lines.readAsked(reader);
    }

    private static long readEach(DecisionLines lines, long most, LineConsumer reader) {
        DecisionLineReader decisions = new DecisionLineReader();
        long[] number = {0};
        return lines.read(most, line -> {
            number[0]++;
            reader.accept(number[0], line, decision(decisions, lines, line, number[0]));
        });
    }

    private static DecisionRecord decision(DecisionLineReader reader, DecisionLines lines, byte[] line, long number) {
        try {
            return reader.read(line);
        } catch (IllegalArgumentException e) {
            throw new EventLogException(
                    lines.place(number) + ": not a decision: " + e.getMessage().replaceAll("\\s+", " "), e);
        }
    }

    private void add(long number, byte[] line, DecisionRecord decision) {
        if (decision.answer().outcome() == DecisionOutcome.UNDECIDED) {
            undecided.add(new Key(decision.step(), decision.kind(), decision.subject(), NOBODY));
            return;
        }
        int model = models.computeIfAbsent(ModelIdentity.of(decision.model()), unknown -> models.size());
        Key key = new Key(decision.step(), decision.kind(), decision.subject(), model);
        Entry before = decisions.putIfAbsent(key, new Entry(number, withoutCalls(decision)));
        if (before != null) {
            throw new EventLogException(
                    lines.place(number) + ": decides again what line " + before.line() + " decides");
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

    private interface LineConsumer {
        void accept(long number, byte[] line, DecisionRecord decision);
    }

    private record Key(long step, DecisionKind kind, int subject, int model) {}

    private record Entry(long line, DecisionRecord decision) {}
}
