package org.interregnum.orchestrator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentAssignment;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelBuyers;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.SellerAgents;
import org.interregnum.orchestrator.analysis.MarketSeries;
import org.interregnum.orchestrator.decision.AssignedSellers;
import org.interregnum.orchestrator.decision.BudgetSpentException;
import org.interregnum.orchestrator.decision.ModelDecisions;
import org.interregnum.orchestrator.decision.StopRequestedException;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.AgentsAssigned.Cause;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunEnded;
import org.interregnum.orchestrator.event.RunForked;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.market.MarketEngine;
import org.interregnum.orchestrator.market.StepObserver;
import org.interregnum.orchestrator.market.StepStage;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.random.Generators;

/**
 * Runs one market from its opening to its last point: asks the engine for the event of each step, logs it, applies it
 * and tells the listener, in this order. {@link #run()} is called once.
 */
public final class RunLoop {
    private static final String BY_THE_USER = "stopped by the user";

    private final RunCourse course;
    private final RunStarted started;
    private final SellerAgents ruleSellers;
    private final EventLog log;
    private final RunListener listener;
    private MarketEngine engine;
    private StepObserver observer = StepObserver.NONE;
    private final BuyerAgents ruleBuyers;
    private final StepGate gate;
    /** Those that were known before, and those that came since. */
    private final List<MarketChange> changes;

    private int changed;
    private final AssignmentsInForce assignments;
    private final MarketState state;
    private final MarketSeries series;
    private final Optional<ModelDecisions> models;
    private boolean recalled;
    private long recalledSteps;
    private boolean opened;
    private volatile boolean stopRequested;
    private volatile String stopReason = BY_THE_USER;

    /**
     * A run whose sellers and buyers all follow rules. Draws the market's preferences.
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
        this(runId, programVersion, spec, sellers, buyers, Optional.empty(), log, listener);
    }

    /**
     * A run that is the same market from its beginning to its end. Draws the market's preferences.
     *
     * @param runId identifier of the run
     * @param programVersion version of the program, for the log
     * @param sellers whoever decides for the sellers that follow the rule; stays open
     * @param buyers whoever decides for the buyers that follow the rule; stays open
     * @param models decisions of the others; needed when the spec names any
     * @param log receives the events; stays open
     */
    public RunLoop(
            String runId,
            String programVersion,
            RunSpec spec,
            SellerAgents sellers,
            BuyerAgents buyers,
            Optional<ModelDecisions> models,
            EventLog log,
            RunListener listener) {
        this(runId, programVersion, RunCourse.of(spec), sellers, buyers, models, log, listener, StepGate.OPEN);
    }

    /**
     * Draws the market's preferences.
     *
     * @param runId identifier of the run
     * @param programVersion version of the program, for the log
     * @param course what is run; where it changes, the event is recalled from the log or else happens when its step is
     *     reached
     * @param sellers whoever decides for the sellers that follow the rule; stays open
     * @param buyers whoever decides for the buyers that follow the rule; stays open
     * @param models decisions of the others; needed when the course names any, or somebody is to be made a model
     * @param log receives the events; stays open
     * @param gate stands before each step
     */
    public RunLoop(
            String runId,
            String programVersion,
            RunCourse course,
            SellerAgents sellers,
            BuyerAgents buyers,
            Optional<ModelDecisions> models,
            EventLog log,
            RunListener listener,
            StepGate gate) {
        this.course = course;
        this.gate = gate;
        changes = new ArrayList<>(course.changes());
        assignments = new AssignmentsInForce(course.assignmentAfter(0));
        RunSpec spec = course.beginning();
        ruleSellers = sellers;
        ruleBuyers = buyers;
        this.log = log;
        this.listener = listener;
        this.models = models;
        started = new RunStarted(
                runId,
                programVersion,
                spec.market(),
                spec.points(),
                spec.seed(),
                spec.generator(),
                spec.models(),
                spec.burnIn());
        engine = new MarketEngine(
                spec.market(),
                Generators.create(spec.generator(), spec.seed()),
                sellers(course.modelsAfter(0)),
                buyers,
                models.<ModelBuyers>map(decisions -> decisions).orElse(ModelBuyers.NONE),
                course.modelsAfter(0));
        models.ifPresent(decisions -> decisions.assign(course.modelsAfter(0)));
        state = new MarketState(spec.market(), spec.models().modelBuyers());
        series = new MarketSeries(spec.market().sellers(), spec.points());
    }

    private SellerAgents sellers(ModelAssignment assignment) {
        return models.<SellerAgents>map(decisions -> new AssignedSellers(assignment, ruleSellers, decisions))
                .orElse(ruleSellers);
    }

    /** Lets somebody hear how far each step is that is taken anew. Called before {@link #run()}. */
    public void observe(StepObserver hearing) {
        observer = hearing;
        engine = engine.observedBy(hearing);
    }

    /** Asks the run to stop after the step, or the sweep of its opening, that it is taking. May be called from any thread. */
    public void stop() {
        stop(BY_THE_USER);
    }

    /** The same for another reason, which the log will have. */
    public void stop(String reason) {
        stopReason = reason;
        stopRequested = true;
        models.ifPresent(ModelDecisions::stop);
    }

    /**
     * Goes on from a run's log instead of beginning anew: everything that happened is made to happen again, but nobody is
     * asked. Called before {@link #run()}, with the log's events in order but for an end; then the log only receives what
     * is new.
     *
     * @throws EventLogException when the event is not one of this run, or does not follow
     */
    public void recall(MarketEvent event) {
        if (event instanceof RunStarted before) {
            requireSame(before);
            recalled = true;
            return;
        }
        if (event instanceof StepTaken step) {
            engine.skip(step);
            recalledSteps++;
        }
        MarketHistory.apply(state, event);
        tell(event);
    }

    private void requireSame(RunStarted before) {
        if (!before.parameters().equals(started.parameters())
                || before.points() != started.points()
                || before.seed() != started.seed()
                || !before.generator().equals(started.generator())) {
            throw new EventLogException("the event log is of another run than its spec says");
        }
    }

    /** Runs to the last point, until it is told to stop, or until an agent or the log fails. */
    public RunResult run() {
        try {
            if (!recalled) {
                log.append(started);
            }
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
            opened = opened || open();
            before = System.nanoTime();
            if (opened) {
                changeIfDue();
            }
            while (opened && state.step() < course.end().steps() && mayStep()) {
                step();
                changeIfDue();
            }
            return opened && state.step() == course.end().steps()
                    ? result(RunStatus.FINISHED, "", before)
                    : result(RunStatus.INTERRUPTED, stopReason, before);
        } catch (AgentFailureException e) {
            return result(RunStatus.FAILED, e.getMessage(), before);
        } catch (BudgetSpentException e) {
            return result(RunStatus.BUDGET_SPENT, e.getMessage(), before);
        } catch (StopRequestedException e) {
            return result(RunStatus.INTERRUPTED, stopReason, before);
        } catch (EventLogException e) {
            return result(RunStatus.FAILED, "", before).withLogFailure(e.getMessage());
        }
    }

    /** What is known to happen happens now; in a replay, that is. */
    private void changeIfDue() {
        while (changed < changes.size() && changes.get(changed).step() == state.step()) {
            record(changes.get(changed));
        }
    }

    private boolean mayStep() {
        if (stopRequested) {
            return false;
        }
        for (Optional<AssignmentChange> change = gate.pass(); change.isPresent(); change = gate.pass()) {
            make(change.get());
        }
        return !stopRequested;
    }

    private void make(AssignmentChange change) {
        try {
            change.made(happened(change));
        } catch (RuntimeException e) {
            change.refused(e);
            throw e;
        }
    }

    private AgentsAssigned happened(AssignmentChange change) {
        AgentAssignment next = change.apply(assignments.current(), state.step() + 1);
        if (!next.models().isEmpty()) {
            // What they decide must find its place; whoever resumes the run expects it to be there.
            models.orElseThrow().open();
        }
        AgentsAssigned event = assigned(Cause.REQUEST, "", change.agent(), change.onFailure(), next);
        happen(event);
        return event;
    }

    private AgentsAssigned assigned(
            Cause cause, String reason, String agent, OnAgentFailure onFailure, AgentAssignment next) {
        int[] modelBuyers = next.models().modelBuyers();
        return new AgentsAssigned(
                state.step(),
                cause,
                reason,
                agent,
                onFailure,
                next,
                state.impressions().carriedTo(modelBuyers, engine::preferences, started.parameters()));
    }

    /** Nothing further was known to come: a replay has a gate that hands over nothing. */
    private void happen(AgentsAssigned event) {
        changes.add(event);
        record(event);
        // Whoever asked for it is told so; and what models are asked from here on must not be older than who they are.
        log.flush();
    }

    private RunResult result(RunStatus status, String reason, long before) {
        return new RunResult(
                status,
                reason,
                false,
                series,
                engine.preferences(),
                state,
                System.nanoTime() - before,
                state.step() - recalledSteps);
    }

    private boolean open() {
        Optional<MarketOpened> opening = engine.open(state, () -> stopRequested);
        if (opening.isEmpty()) {
            return false;
        }
        record(opening.orElseThrow());
        return true;
    }

    private void step() {
        observer.begins(state.step() + 1);
        StepTaken step = decided();
        observer.enters(StepStage.LOG);
        // A step must not be on the device before the decisions that it rests on.
        models.ifPresent(ModelDecisions::flush);
        log.append(step);
        observer.enters(StepStage.APPLY);
        MarketHistory.apply(state, step);
        observer.ends(step);
        tell(step);
    }

    /** A step that fails because of the agent that was assigned last is decided by those before, with the same draws. */
    private StepTaken decided() {
        while (assignments.canGoBack()) {
            engine.remember();
            try {
                return engine.step(state);
            } catch (AgentFailureException e) {
                if (!assignments.goesBackAfter(e) || stopRequested) {
                    throw e;
                }
                engine.rewind();
                happen(assigned(
                        Cause.FAILURE,
                        e.getMessage(),
                        assignments.newest(),
                        OnAgentFailure.STOP,
                        assignments.before(state.step() + 1)));
                // That it began again is how the observer knows that it failed.
                observer.begins(state.step() + 1);
            }
        }
        return engine.step(state);
    }

    private void record(MarketEvent event) {
        log.append(event);
        MarketHistory.apply(state, event);
        tell(event);
    }

    private void tell(MarketEvent event) {
        if (event instanceof StepTaken step) {
            series.step(step.seller(), state.shares(), state.prices());
            listener.stepTaken(step, state);
        } else if (event instanceof MarketOpened opening) {
            opened = true;
            series.open(state.shares(), state.prices());
            listener.opened(opening, state);
        } else if (event instanceof MarketChange change) {
            change(change);
        }
    }

    private void change(MarketChange change) {
        changed++;
        if (changed > changes.size()) {
            throw new EventLogException("the event log is of another run than its spec says");
        }
        if (change instanceof AgentsAssigned assigned) {
            assignments.assign(assigned);
        } else {
            assignments.replace(course.assignmentAfter(changed));
        }
        AgentAssignment assignment = assignments.current();
        ModelAssignment modelAssignment = assignment.models();
        ruleSellers.assign(assignment);
        ruleBuyers.assign(assignment);
        models.ifPresent(decisions -> decisions.assign(modelAssignment));
        engine = engine.changed(
                change instanceof RunForked ? course.marketAfter(changed) : engine.parameters(),
                sellers(modelAssignment),
                modelAssignment);
        if (change instanceof AgentsAssigned assigned) {
            listener.assigned(assigned);
        }
    }
}
