package org.interregnum.standalone.cli;

import org.interregnum.orchestrator.event.RunStatus;

/** Exit codes, part of the contract with scripts; 143, when terminated, is the virtual machine's own. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAULT = 1;
    static final int BAD_INPUT = 2;
    static final int AGENTS_FAILED = 3;
    static final int BUDGET_SPENT = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The code of a run that ended so. */
    static int of(RunStatus status) {
        return switch (status) {
            case FINISHED -> DONE;
            case FAILED -> AGENTS_FAILED;
            case BUDGET_SPENT -> BUDGET_SPENT;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
