package org.interregnum.standalone.cli;

import java.util.List;
import org.interregnum.orchestrator.run.RunResult;

/**
 * What a run came to.
 *
 * @param result what it computed
 * @param summary what to tell about it
 * @param leftOut files that could not be written, or parts of them, a line each
 * @param whole whether the arrays, the table and the manifest were written
 */
record Ending(RunResult result, Summary summary, List<String> leftOut, boolean whole) {}
