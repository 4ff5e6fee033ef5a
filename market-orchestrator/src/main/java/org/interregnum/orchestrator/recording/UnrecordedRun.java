package org.interregnum.orchestrator.recording;

import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunCourse;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.orchestrator.run.RunSpec;

/** A run of rules of which nothing is kept but what it came to: no log, no files. */
public final class UnrecordedRun implements AutoCloseable {
    private final RunSpec spec;
    private final Agents agents;
    private final RunLoop loop;

    /**
     * Draws the market and connects to its agents.
     *
     * @param runId what agent services are told that the run is called
     */
    public UnrecordedRun(RunRequest request, String runId, LocalAgents local) {
        spec = request.spec();
        if (!spec.models().isEmpty()) {
            throw new IllegalArgumentException("what models decide is kept");
        }
        agents = Agents.connect(request, runId, local, RunCourse.of(spec).assignment(), false, false);
        boolean whole = false;
        try {
            loop = new RunLoop(
                    runId,
                    BuildVersion.get(),
                    spec,
                    agents.sellers(),
                    agents.buyers(),
                    EventLog.NONE,
                    RunListener.NONE);
            whole = true;
        } finally {
            if (!whole) {
                agents.close();
            }
        }
    }

    /** Asks the run to stop after the step that it is taking. May be called from any thread. */
    public void stop() {
        loop.stop();
    }

    /** Runs to the end, whatever that is. Called once. */
    public RunResult run() {
        return loop.run();
    }

    /** The order parameters of what it computed, as they would be in its manifest. */
    public OrderParameters order(RunResult result) {
        return OrderParameters.of(result.series(), spec.market(), spec.burnIn());
    }

    @Override
    public void close() {
        agents.close();
    }
}
