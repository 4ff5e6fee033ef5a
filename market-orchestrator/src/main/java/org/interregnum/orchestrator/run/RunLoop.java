package org.interregnum.orchestrator.run;

import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.event.EventLog;
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

    /** Asks the run to stop after the step that it is taking. May be called from any thread. */
    public void stop() {
        stopRequested = true;
    }

    /**
     * Runs to the last point, until it is told to stop, or until an agent fails.
     *
     * @throws org.interregnum.orchestrator.event.EventLogException when the log cannot be written
     */
    public RunResult run() {
        log.append(started);
        long before = System.nanoTime();
        RunStatus status = RunStatus.FINISHED;
        String reason = "";
        try {
            open();
            before = System.nanoTime();
            while (state.step() < spec.steps() && !stopRequested) {
                step();
            }
            if (state.step() < spec.steps()) {
                status = RunStatus.INTERRUPTED;
                reason = "stopped by the user";
            }
        } catch (AgentFailureException e) {
            status = RunStatus.FAILED;
            reason = e.getMessage();
        }
        long stepNanos = System.nanoTime() - before;
        log.append(new RunEnded(status, state.step(), reason));
        return new RunResult(status, reason, series, engine.preferences(), state, stepNanos);
    }

    private void open() {
        MarketOpened opening = engine.open(state);
        record(opening);
        series.open(state.shares(), state.prices());
        listener.opened(opening, state);
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
