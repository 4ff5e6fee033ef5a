package org.interregnum.orchestrator.recording;

import java.util.List;
import org.interregnum.orchestrator.analysis.OrderParameters;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.decision.DecisionStatistics;
import org.interregnum.orchestrator.run.RunResult;

/**
 * What a run came to.
 *
 * @param result what it computed
 * @param order its order parameters after the burn-in
 * @param regime its regime
 * @param models what its models decided and used
 * @param leftOut files that could not be written, or parts of them, a line each
 * @param whole whether the arrays, the table and the manifest were written
 * @param takenOver whether another orchestrator has taken the run over, so that nothing was written
 */
public record Ending(
        RunResult result,
        OrderParameters order,
        Regime regime,
        List<DecisionStatistics.Line> models,
        List<String> leftOut,
        boolean whole,
        boolean takenOver) {}
