package org.interregnum.orchestrator.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;

/** Events of every kind with random contents, and whole histories that follow from a random market. */
public final class RandomEvents {
    private static final double[] AWKWARD = {0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, 1e-5, 1e7, -3.25};

    private final Random random;

    public RandomEvents(long seed) {
        random = new Random(seed);
    }

    /** An event of any kind; its contents need not follow from anything. */
    public MarketEvent event() {
        return switch (random.nextInt(6)) {
            case 0 -> started(MarketParameters.of(random.nextDouble(), 0.8, 1 + random.nextInt(100), 7));
            case 1 ->
                new MarketOpened(
                        choices(random.nextInt(200), 40),
                        doubles(4),
                        doubles(4),
                        random.nextInt(5) == 0 ? null : decider());
            case 2 ->
                new RunEnded(
                        RunStatus.values()[random.nextInt(RunStatus.values().length)], random.nextInt(1000), text());
            default -> step(1 + random.nextInt(1_000_000), 3 + random.nextInt(40), random.nextInt(500));
        };
    }

    /** A step with random contents. */
    public StepTaken step(long number, int sellers, int buyers) {
        int[] active = subset(IntStream.range(0, buyers).toArray(), random.nextDouble());
        int[] changed = subset(active, random.nextDouble());
        return new StepTaken(
                number,
                random.nextInt(sellers),
                real(),
                real(),
                active,
                changed,
                choices(changed.length, sellers),
                doubles(sellers),
                doubles(sellers),
                decider(),
                active.length == 0 ? null : decider());
    }

    /** A run's events, each following from the one before, from its start to its end. */
    public List<MarketEvent> history(MarketParameters parameters, int steps) {
        List<MarketEvent> events = new ArrayList<>();
        events.add(started(parameters));
        MarketState state = new MarketState(parameters);
        int[] opening = choices(parameters.buyers(), parameters.sellers());
        for (int buyer = 0; buyer < opening.length; buyer++) {
            state.choose(buyer, opening[buyer]);
        }
        state.recountShares();
        events.add(
                new MarketOpened(opening, state.prices().clone(), state.shares().clone(), decider()));
        for (int number = 1; number <= steps; number++) {
            events.add(stepFrom(state, number));
        }
        events.add(new RunEnded(RunStatus.FINISHED, steps, ""));
        return events;
    }

    private StepTaken stepFrom(MarketState state, int number) {
        int sellers = state.prices().length;
        int seller = random.nextInt(sellers);
        double before = state.prices()[seller];
        state.price(seller, random.nextDouble() * 10);
        int[] active = subset(IntStream.range(0, state.choices().length).toArray(), 0.2);
        int[] changed = subset(active, 0.3);
        int[] chosen = choices(changed.length, sellers);
        for (int change = 0; change < changed.length; change++) {
            state.choose(changed[change], chosen[change]);
        }
        state.recountShares();
        state.stepTaken();
        return new StepTaken(
                number,
                seller,
                before,
                state.prices()[seller],
                active,
                changed,
                chosen,
                state.prices().clone(),
                state.shares().clone(),
                decider(),
                active.length == 0 ? null : decider());
    }

    private RunStarted started(MarketParameters parameters) {
        return new RunStarted(
                text(), "1.2.3", parameters, 1 + random.nextInt(9999), random.nextLong() & 0xFFFF_FFFFL, "numpy");
    }

    private Decider decider() {
        DecisionOutcome outcome = DecisionOutcome.values()[random.nextInt(DecisionOutcome.values().length)];
        return new Decider("interregnum-seller", "0.1.0", "rule", outcome, random.nextBoolean() ? "" : text());
    }

    private int[] subset(int[] of, double fraction) {
        return IntStream.of(of).filter(any -> random.nextDouble() < fraction).toArray();
    }

    private int[] choices(int count, int sellers) {
        return random.ints(count, -1, sellers).toArray();
    }

    private double[] doubles(int count) {
        return random.doubles(count).map(any -> real()).toArray();
    }

    private double real() {
        return random.nextInt(4) == 0 ? AWKWARD[random.nextInt(AWKWARD.length)] : random.nextDouble();
    }

    private String text() {
        return "ρ≠0 \"" + random.nextInt(1000) + "\"\n";
    }
}
