package org.interregnum.orchestrator.run;

import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.market.MarketEngine;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.random.Generators;

/**
 * Runs one market from its opening to its last point: asks the engine for the event of each step, logs it, applies it
 * and tells the listener, in this order. {@link #run()} is called once.
 */
public final class RunLoop {
    private final RunSpec spec;
    private final RunStarted started;
    private final EventLog log;
    private final RunListener listener;
    private final MarketEngine engine;
    private final MarketState state;
    private final MarketSeries series;
    private volatile boolean stopRequested;

    /**
     * Draws the market's preferences.
     *
     * @param runId identifier of the run
     * @param programVersion version of the program, for the log
     * @param sellers whoever decides prices; stays open
     * @param buyers whoever decides choices; stays open
     * @param log receives the events; stays open
     */
    public RunLoop(
            String runId,
            String programVersion,
            RunSpec spec,
            SellerAgents sellers,
            BuyerAgents buyers,
            EventLog log,
            RunListener listener) {
        this.spec = spec;
        this.log = log;
        this.listener = listener;
        started = new RunStarted(runId, programVersion, spec.market(), spec.points(), spec.seed(), spec.generator());
        engine = new MarketEngine(spec.market(), Generators.create(spec.generator(), spec.seed()), sellers, buyers);
        state = new MarketState(spec.market());
        series = new MarketSeries(spec.market().sellers(), spec.points());
    }

    /** Asks the run to stop after the step, or the sweep of its opening, that it is taking. May be called from any thread. */
    public void stop() {
        stopRequested = true;
    }

    /** Runs to the last point, until it is told to stop, or until an agent or the log fails. */
    public RunResult run() {
        try {
            log.append(started);
        } catch (EventLogException e) {
            return result(RunStatus.FAILED, "", System.nanoTime()).withLogFailure(e.getMessage());
        }
        RunResult result = runMarket();
        if (result.logFailed()) {
            return result;
        }
        try {
            log.append(new RunEnded(result.status(), state.step(), result.reason()));
            return result;
        } catch (EventLogException e) {
            return result.withLogFailure(e.getMessage());
        }
    }

    private RunResult runMarket() {
        long before = System.nanoTime();
        try {
            boolean opened = open();
            before = System.nanoTime();
            while (opened && state.step() < spec.steps() && !stopRequested) {
                step();
            }
            return opened && state.step() == spec.steps()
                    ? result(RunStatus.FINISHED, "", before)
                    : result(RunStatus.INTERRUPTED, "stopped by the user", before);
        } catch (AgentFailureException e) {
            return result(RunStatus.FAILED, e.getMessage(), before);
        } catch (EventLogException e) {
            return result(RunStatus.FAILED, "", before).withLogFailure(e.getMessage());
        }
    }

    private RunResult result(RunStatus status, String reason, long before) {
        return new RunResult(status, reason, false, series, engine.preferences(), state, System.nanoTime() - before);
    }

    private boolean open() {
        Optional<MarketOpened> opening = engine.open(state, () -> stopRequested);
        if (opening.isEmpty()) {
            return false;
        }
        record(opening.orElseThrow());
        series.open(state.shares(), state.prices());
        listener.opened(opening.orElseThrow(), state);
        return true;
    }

    private void step() {
        StepTaken step = engine.step(state);
        record(step);
        series.step(step.seller(), state.shares(), state.prices());
        listener.stepTaken(step, state);
    }

    private void record(MarketEvent event) {
        log.append(event);
        MarketHistory.apply(state, event);
    }
}
