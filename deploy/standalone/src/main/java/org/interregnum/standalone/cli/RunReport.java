package org.interregnum.standalone.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.event.RunStatus;

/**
 * What a person is told when a run is over, wherever it ran.
 *
 * @param summary the numbers
 * @param opened whether its market opened
 * @param logFailed whether it failed because its log could not be written
 * @param whose what says that it is the agents' fault when it failed, with a blank in front; may be empty
 * @param reason why it ended, in one line; empty when it finished
 * @param soFar where the files are of a run that did not come to its end
 * @param resume command that goes on with it; empty when none does
 * @param leftOut what was not written, a line each
 * @param whole whether the files are there
 */
record RunReport(
        Summary summary,
        boolean opened,
        boolean logFailed,
        String whose,
        String reason,
        String soFar,
        Optional<String> resume,
        List<String> leftOut,
        boolean whole) {

    /** Tells it; what came out goes to standard output, what went wrong to standard error. */
    int tell(Console console, String command) {
        Consumer<String> complaints = console.saying(command);
        String goesOn = soFar + resume.map(words -> ", and '" + words + "'").orElse("");
        String ending = resume.isPresent() ? " goes on" : "";
        if (logFailed) {
            complaints.accept("stopped %s: %s; %s".formatted(place(), reason, soFar));
            return ExitCode.FAULT;
        }
        if (summary.status() == RunStatus.FAILED) {
            complaints.accept("stopped %s%s: %s; %s%s".formatted(place(), whose, reason, goesOn, ending));
            return ExitCode.AGENTS_FAILED;
        }
        leftOut.forEach(complaints);
        if (summary.status() == RunStatus.INTERRUPTED) {
            complaints.accept("interrupted %s; %s%s".formatted(place(), goesOn, ending));
        }
        if (summary.status() == RunStatus.BUDGET_SPENT) {
            complaints.accept(
                    "stopped %s at a budget: %s; %s with a larger budget goes on".formatted(place(), reason, goesOn));
        }
        summary.print(console.out(), console.colour());
        return summary.status() == RunStatus.FINISHED && !whole ? ExitCode.FAULT : ExitCode.of(summary.status());
    }

    private String place() {
        return opened
                ? String.format(Locale.ROOT, "after step %d of %d", summary.steps(), summary.lastStep())
                : "before the market opened";
    }
}
