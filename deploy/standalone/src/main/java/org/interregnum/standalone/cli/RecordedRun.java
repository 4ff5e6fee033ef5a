package org.interregnum.standalone.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.interregnum.agent.BuildVersion;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.FigureCaption;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.export.RunManifest;
import org.interregnum.orchestrator.adapter.export.RunProducts;
import org.interregnum.orchestrator.adapter.file.FileEventLog;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketState;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** A run together with the files that it leaves in its directory, whichever way it ends. */
final class RecordedRun implements AutoCloseable, RunListener {
    private final RunRequest request;
    private final RunDirectory directory;
    private final RunProducts products;
    private final Agents agents;
    private final EventLog log;
    private final RunLoop loop;
    private final Instant started = Instant.now();
    private final DecisionCensus census = new DecisionCensus();
    private RunListener listener = RunListener.NONE;

    private RecordedRun(RunRequest request, RunDirectory directory) {
        this.request = request;
        this.directory = directory;
        manifestOfStart().write(directory.manifest());
        products = RunProducts.open(directory, request.spec(), request.figure());
        Agents connected = null;
        EventLog opened = null;
        boolean whole = false;
        try {
            connected = Agents.connect(request, directory.name());
            opened = openLog(directory, products);
            loop = new RunLoop(
                    directory.name(),
                    BuildVersion.get(),
                    request.spec(),
                    connected.sellers(),
                    connected.buyers(),
                    opened,
                    this);
            whole = true;
        } finally {
            if (!whole) {
                close(connected, opened);
                products.discard();
            }
        }
        agents = connected;
        log = opened;
    }

    /** A log that cannot be opened fails with the first event, so that the run ends as every run whose log fails. */
    private static EventLog openLog(RunDirectory directory, RunProducts products) {
        try {
            return FileEventLog.create(directory.eventLog(), products);
        } catch (EventLogException e) {
            return new EventLog() {
                @Override
                public void append(MarketEvent event) {
                    throw e;
                }

                @Override
                public void flush() {
                    throw e;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Draws the market and connects to its agents. */
    static RecordedRun start(RunRequest request, RunDirectory directory) {
        return new RecordedRun(request, directory);
    }

    /** Asks the run to stop after the step that it is taking. May be called from any thread. */
    void stop() {
        loop.stop();
    }

    /** Runs to the end, whatever that is. Called once. */
    RunResult run(RunListener progress) {
        listener = progress;
        RunResult result = loop.run();
        try {
            log.close();
            return result;
        } catch (EventLogException e) {
            return result.withLogFailure(e.getMessage());
        }
    }

    @Override
    public void opened(MarketOpened opening, MarketState state) {
        census.add(opening);
        listener.opened(opening, state);
    }

    @Override
    public void stepTaken(StepTaken step, MarketState state) {
        census.add(step);
        listener.stepTaken(step, state);
    }

    /** Writes what is left to write. Called once, after {@link #run}. */
    Ending finish(RunResult result) {
        RunSpec spec = request.spec();
        OrderParameters order = OrderParameters.of(result.series(), spec.market(), spec.burnIn());
        Regime regime = Regime.of(order);
        Summary summary =
                new Summary(spec, result.status(), result.steps(), result.stepNanos(), order, regime, directory.path());
        RunProducts.Written written = products.finish(
                result.series(),
                result.preferences(),
                result.state().choices(),
                FigureCaption.of(spec, summary.heading()));
        boolean whole = written.files().containsAll(List.of(directory.arrays(), directory.table()));
        List<String> leftOut = new ArrayList<>(written.leftOut());
        try {
            manifestOfEnd(result, order, regime, written.leftOut()).write(directory.manifest());
        } catch (ExportException e) {
            leftOut.add(e.getMessage());
            whole = false;
        }
        return new Ending(result, summary, List.copyOf(leftOut), whole);
    }

    private RunManifest manifestOfStart() {
        return RunManifest.running(
                directory.name(),
                BuildVersion.get(),
                request.spec(),
                List.of(seller(Optional.empty()), buyer(Optional.empty())),
                started);
    }

    private RunManifest manifestOfEnd(RunResult result, OrderParameters order, Regime regime, List<String> leftOut) {
        Instant ended = Instant.now();
        Map<String, Long> outcomes = census.byOutcome();
        return new RunManifest(
                directory.name(),
                BuildVersion.get(),
                request.spec(),
                List.of(
                        seller(profile(census.seller()).or(agents.sellers()::profile)),
                        buyer(profile(census.buyer()).or(agents.buyers()::profile))),
                inSmallLetters(result.status()),
                result.reason(),
                result.series().points(),
                started,
                ended,
                Duration.between(started, ended).toNanos() / 1e9,
                result.steps() == 0 ? Double.NaN : result.stepNanos() / 1e3 / result.steps(),
                outcomes,
                order.asMap(),
                inSmallLetters(regime),
                leftOut);
    }

    private RunManifest.Agent seller(Optional<AgentProfile> known) {
        return agent(
                BundledAgent.SELLER,
                known,
                request.sellerTarget().map(AgentAddress::toString).orElse(""));
    }

    private RunManifest.Agent buyer(Optional<AgentProfile> known) {
        return agent(
                BundledAgent.BUYER,
                known,
                request.buyerTarget().map(AgentAddress::toString).orElse(""));
    }

    /** Whoever decided last, as far as anybody has. */
    private static Optional<AgentProfile> profile(Decider decider) {
        return Optional.ofNullable(decider)
                .map(known -> new AgentProfile(known.agent(), known.version(), known.strategy()));
    }

    /** A service says who it is when it is connected to; until then only where it is is known. */
    private static RunManifest.Agent agent(BundledAgent bundled, Optional<AgentProfile> known, String address) {
        AgentProfile profile = known.orElseGet(() -> address.isEmpty()
                ? new AgentProfile(bundled.agentName(), BuildVersion.get(), BundledAgent.RULE)
                : new AgentProfile("", "", ""));
        return new RunManifest.Agent(
                bundled.kind(),
                profile.name(),
                profile.version(),
                profile.strategy(),
                address.isEmpty() ? "in process" : address);
    }

    private static String inSmallLetters(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        close(agents, log);
    }

    private static void close(Agents agents, EventLog log) {
        if (agents != null) {
            agents.close();
        }
        try {
            if (log != null) {
                log.close();
            }
        } catch (EventLogException e) {
            // After run() it is the failure that its result told; before, something worse is on its way.
        }
    }
}
