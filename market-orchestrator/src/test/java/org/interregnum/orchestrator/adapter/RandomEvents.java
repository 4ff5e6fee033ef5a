package org.interregnum.orchestrator.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.BuyerGroup;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.SellerGroup;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.Impression;
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
        return switch (random.nextInt(9)) {
            case 0 -> started(MarketParameters.of(random.nextDouble(), 0.8, 1 + random.nextInt(100), 7));
            case 6 -> startedWithModels();
            case 7 -> forked();
            case 8 -> assigned();
            case 1 ->
                new MarketOpened(
                        choices(random.nextInt(200), 40),
                        doubles(4),
                        doubles(4),
                        random.nextInt(5) == 0 ? null : decider(),
                        impressions(random.nextInt(2) * random.nextInt(50)));
            case 2 ->
                new RunEnded(
                        RunStatus.values()[random.nextInt(RunStatus.values().length)], random.nextInt(1000), text());
            default -> {
                StepTaken step = step(1 + random.nextInt(1_000_000), 3 + random.nextInt(40), random.nextInt(500));
                yield random.nextInt(3) == 0 ? divided(step) : step;
            }
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
                active.length == 0 ? null : decider(),
                random.nextBoolean() ? ModelBuyerChanges.NONE : modelBuyers(active),
                List.of());
    }

    /** The same step, in which several agents decided for buyers that follow rules. */
    private StepTaken divided(StepTaken step) {
        return new StepTaken(
                step.step(),
                step.seller(),
                step.oldPrice(),
                step.newPrice(),
                step.activeBuyers(),
                step.changedBuyers(),
                step.newChoices(),
                step.prices(),
                step.shares(),
                step.priceDecider(),
                step.choiceDecider(),
                step.modelBuyers(),
                modelBuyers(step.activeBuyers()).decisions());
    }

    private ModelBuyerChanges modelBuyers(int[] active) {
        int[] changed = subset(active, random.nextDouble());
        List<BuyerDecisions> decisions = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            DecisionKind kind = random.nextBoolean() ? DecisionKind.IMPRESSION : DecisionKind.CHOICE;
            decisions.add(new BuyerDecisions(kind, decider(), subset(active, random.nextDouble())));
        }
        return new ModelBuyerChanges(changed, impressions(changed.length), decisions);
    }

    private Impression[] impressions(int count) {
        Impression[] all = Impression.values();
        return random.ints(count, 0, all.length).mapToObj(level -> all[level]).toArray(Impression[]::new);
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
                text(),
                "1.2.3",
                parameters,
                1 + random.nextInt(9999),
                random.nextLong() & 0xFFFF_FFFFL,
                "numpy",
                ModelAssignment.NONE,
                random.nextBoolean() ? Double.NaN : random.nextDouble());
    }

    private RunStarted startedWithModels() {
        MarketParameters parameters = MarketParameters.of(random.nextDouble(), 0.8, 50 + random.nextInt(100), 7);
        int[] buyers = subset(IntStream.range(0, parameters.buyers()).toArray(), random.nextDouble());
        int half = buyers.length / 2;
        ModelAssignment models = new ModelAssignment(
                List.of(
                        new SellerRange(0, random.nextInt(3), settings(), Information.PRICE_ONLY),
                        new SellerRange(3, 3, settings(), Information.RESEARCH)),
                List.of(
                        new BuyerCohort("first ρ", Arrays.copyOf(buyers, half), settings()),
                        new BuyerCohort("second", Arrays.copyOfRange(buyers, half, buyers.length), settings())),
                random.nextBoolean());
        RunStarted plain = started(parameters);
        return new RunStarted(
                plain.runId(), "2", parameters, plain.points(), plain.seed(), "numpy", models, plain.burnIn());
    }

    private RunForked forked() {
        RunStarted other = random.nextBoolean()
                ? startedWithModels()
                : started(MarketParameters.of(random.nextDouble(), 0.8, 9, 7));
        return new RunForked(
                text(),
                random.nextInt(1_000_000),
                other.parameters(),
                other.models(),
                impressions(random.nextInt(2) * random.nextInt(50)),
                random.nextBoolean()
                        ? List.of()
                        : List.of(
                                new RunForked.PriceShock(3, random.nextDouble()),
                                new RunForked.PriceShock(random.nextInt(3), 0)));
    }

    private AgentsAssigned assigned() {
        List<SellerGroup> sellers = new ArrayList<>();
        for (int first = random.nextInt(4); first < 30; first += 1 + random.nextInt(9)) {
            int last = first + random.nextInt(3);
            sellers.add(new SellerGroup(first, last, agent(), 1 + random.nextInt(1000)));
            first = last;
        }
        int[] all = subset(IntStream.range(0, 300).toArray(), random.nextDouble());
        int half = all.length / 2;
        List<BuyerGroup> buyers = half == 0
                ? List.of()
                : List.of(
                        new BuyerGroup("one", Arrays.copyOf(all, half), agent(), 1),
                        new BuyerGroup("other", Arrays.copyOfRange(all, half, all.length), agent(), 7));
        return new AgentsAssigned(
                random.nextInt(1_000_000),
                any(AgentsAssigned.Cause.values()),
                text(),
                text(),
                any(OnAgentFailure.values()),
                new AgentAssignment(sellers, buyers, random.nextBoolean()),
                impressions(random.nextInt(2) * random.nextInt(50)));
    }

    private AssignedAgent agent() {
        ModelSettings model = settings();
        return random.nextBoolean()
                ? AssignedAgent.ofRule(text(), random.nextBoolean() ? "" : "[::1]:9001", text())
                : new AssignedAgent(text(), model.agent(), "llm", Optional.of(model), any(Information.values()));
    }

    /** Settings of a model with random contents. */
    public ModelSettings settings() {
        return new ModelSettings(
                "localhost:9001",
                "local-" + random.nextInt(9),
                any(ModelProvider.values()),
                "http://127.0.0.1:" + (1 + random.nextInt(65_535)) + "/v1",
                "model:" + random.nextInt(9),
                random.nextBoolean() ? null : 2 * random.nextDouble(),
                any(StructuredOutput.values()),
                "plain",
                1 + random.nextInt(1000),
                1 + random.nextInt(100),
                random.nextBoolean() ? ModelSettings.ANY_PACE : 1 + random.nextInt(1_000_000),
                Duration.ofMillis(1 + random.nextInt(60_000)),
                Duration.ofMillis(1 + random.nextInt(3_600_000)),
                random.nextBoolean() ? Double.NaN : 100 * random.nextDouble(),
                random.nextBoolean() ? Double.NaN : 0);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Decider decider() {
        DecisionOutcome outcome = DecisionOutcome.values()[random.nextInt(DecisionOutcome.values().length)];
        return new Decider(
                "interregnum-seller",
                "0.1.0",
                "rule",
                outcome,
                random.nextBoolean() ? "" : text(),
                random.nextBoolean() ? "" : text());
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
