package org.interregnum.orchestrator.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.model.Impression;

/** Decisions of models with random contents. */
public final class RandomDecisions {
    private static final double[] AWKWARD = {0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, 1e-5, 1e22, 1.0 / 3};

    private final Random random;
    private final RandomEvents events;

    public RandomDecisions(long seed) {
        random = new Random(seed);
        events = new RandomEvents(seed);
    }

    /** A decision of any kind, none of the others' step. */
    public DecisionRecord decision(long step) {
        DecisionKind kind = any(DecisionKind.values());
        DecisionOutcome outcome = any(DecisionOutcome.values());
        return decision(step, kind, random.nextInt(100), outcome);
    }

    /** A decision with random contents. */
    public DecisionRecord decision(long step, DecisionKind kind, int subject, DecisionOutcome outcome) {
        boolean parsed = outcome != DecisionOutcome.FALLBACK && outcome != DecisionOutcome.UNDECIDED;
        List<ModelCall> calls = calls(random.nextInt(4));
        ModelReport report = new ModelReport(
                calls,
                calls.isEmpty() ? "" : "plain",
                calls.isEmpty() ? "" : "0123abcd",
                parsed && kind != DecisionKind.IMPRESSION ? text() : "",
                random.nextBoolean(),
                random.nextInt(10_000),
                real(),
                random.nextInt(3) * 12L);
        return new DecisionRecord(
                step,
                kind,
                subject,
                events.settings(),
                new ModelAnswer(
                        new AgentProfile("agent", "7", "llm"),
                        outcome == DecisionOutcome.UNDECIDED ? null : decided(kind),
                        outcome,
                        random.nextBoolean() ? "" : text(),
                        report),
                random.nextBoolean() ? Double.NaN : real());
    }

    private ModelDecision decided(DecisionKind kind) {
        return switch (kind) {
            case PRICE -> new ModelDecision.Price(real());
            case IMPRESSION -> new ModelDecision.OfImpression(any(Impression.values()));
            case CHOICE -> new ModelDecision.Choice(random.nextInt(9) - 1);
        };
    }

    private List<ModelCall> calls(int count) {
        List<ChatText> prompt = List.of(new ChatText("system", text()), new ChatText("user", text()));
        List<ModelCall> calls = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            List<ChatText> messages = new ArrayList<>(prompt);
            if (call > 0 && random.nextBoolean()) {
                messages.add(new ChatText("assistant", text()));
            }
            boolean answered = random.nextBoolean();
            calls.add(new ModelCall(
                    call > 0,
                    List.copyOf(messages),
                    answered ? text() : null,
                    answered ? null : text(),
                    answered ? 200 : 0,
                    answered ? "model-2" : "",
                    random.nextBoolean() ? -1 : random.nextInt(5000),
                    random.nextBoolean() ? -1 : random.nextInt(5000),
                    1000L * random.nextInt(1_000_000_000)));
        }
        return List.copyOf(calls);
    }

    private double real() {
        return random.nextBoolean() ? any(AWKWARD) : random.nextDouble() * Math.pow(10, random.nextInt(20) - 10);
    }

    private double any(double[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private String text() {
        return "\u03c1 \ud83d\ude00 \"" + random.nextInt(1000) + "\"\n\u0000\u2028";
    }
}
