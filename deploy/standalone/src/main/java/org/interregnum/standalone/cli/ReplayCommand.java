package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.recording.EarlierRun;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.OwnedDirectory;
import org.interregnum.orchestrator.recording.RecordedRun;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunSpec;
import org.interregnum.standalone.InProcessAgents;

/**
 * {@code market replay}: runs a market again from its record, with the rules of this program and the recorded answers of
 * models, and no network; every step is compared with the record.
 */
final class ReplayCommand {
    private static final String NAME = "market replay";

    private final Console console;

    ReplayCommand(Console console) {
        this.console = console;
    }

    int execute(Path run, Optional<Given> kafka, Optional<Path> out, boolean figure, boolean quiet) {
        EarlierRun before;
        try {
            before = EarlierRun.read(run, kafka, console.saying(NAME));
        } catch (EventLogException e) {
            throw new BadInputException(e.getMessage());
        }
        if (!before.opened()) {
            throw BadInputException.about(
                    "RUN", run.toString(), "its market did not open, so there is nothing to replay");
        }
        RunSpec spec = before.spec();
        RunRequest request = new RunRequest(
                // A run that stopped early is replayed as far as it came.
                new RunSpec(
                        spec.market(), before.steps() + 1, spec.seed(), spec.generator(), spec.burnIn(), spec.models()),
                out,
                figure,
                quiet,
                Optional.empty(),
                Optional.empty(),
                RunRequest.DEFAULT_DEADLINE,
                RunRequest.DEFAULT_CONNECT_DEADLINE,
                RunRequest.DEFAULT_BATCH_SIZE,
                new DecisionRules(DecisionRules.DEFAULT.onFailure(), 1, DecisionRules.DEFAULT.budget()),
                Optional.empty());
        MemoryNeed.of(request.spec()).require(request.spec());
        int code;
        try (OwnedDirectory directory = RunPlace.find(out).own();
                Comparison comparison = new Comparison(before)) {
            code = new RunEnding(console, NAME)
                    .see(
                            request,
                            directory,
                            () -> RecordedRun.replay(request, directory, before, new InProcessAgents()),
                            comparison);
        }
        if (code == ExitCode.DONE) {
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%n  Equal to %s in every bit of %d points' shares, prices and choices.",
                            before.name(),
                            before.steps() + 1));
        }
        return code;
    }

    /** Compares a run with its record, event by event. */
    private static final class Comparison implements RunListener, AutoCloseable {
        private final String run;
        private final EventSource events;

        Comparison(EarlierRun before) {
            run = before.name();
            events = before.events();
        }

        @Override
        public void close() {
            events.close();
        }

        /** The next event that agents had a part in. */
        private MarketEvent next() {
            MarketEvent event = events.next();
            while (event instanceof MarketChange) {
                event = events.next();
            }
            return event;
        }

        @Override
        public void opened(MarketOpened opening, MarketState state) {
            MarketOpened recorded = (MarketOpened) next();
            if (!Arrays.equals(recorded.choices(), opening.choices())
                    || !Arrays.equals(recorded.impressions(), opening.impressions())) {
                throw new AgentFailureException("the opening differs from the record in " + run
                        + ": its agents were not the rules of this program");
            }
        }

        @Override
        public void stepTaken(StepTaken step, MarketState state) {
            StepTaken recorded = (StepTaken) next();
            boolean isEqual = recorded.seller() == step.seller()
                    && Arrays.equals(recorded.prices(), step.prices())
                    && Arrays.equals(recorded.shares(), step.shares())
                    && Arrays.equals(recorded.changedBuyers(), step.changedBuyers())
                    && Arrays.equals(recorded.newChoices(), step.newChoices())
                    && Arrays.equals(
                            recorded.modelBuyers().newImpressions(),
                            step.modelBuyers().newImpressions());
            if (!isEqual) {
                throw new AgentFailureException(String.format(
                        Locale.ROOT,
                        "step %d differs from the record in %s, where %s %s decided the price",
                        step.step(),
                        run,
                        recorded.priceDecider().agent(),
                        recorded.priceDecider().version()));
            }
        }
    }
}
