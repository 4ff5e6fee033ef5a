package org.interregnum.standalone.cli;

import java.nio.file.Path;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.sweep.SweepFigures;
import org.interregnum.orchestrator.adapter.export.sweep.SweepUnreadableException;
import org.interregnum.orchestrator.request.BadInputException;

/** {@code market figures}: the figures and tables of a sweep, from what there is of its runs. */
final class FiguresCommand {
    private final Console console;

    FiguresCommand(Console console) {
        this.console = console;
    }

    int execute(Path sweep) {
        try (FiguresProgress progress = new FiguresProgress(console, false)) {
            SweepFigures.write(sweep, console.out()::println, progress);
            return ExitCode.DONE;
        } catch (SweepUnreadableException e) {
            throw new BadInputException(e.getMessage());
        } catch (ExportException e) {
            console.err().println("market figures: " + e.getMessage());
            return ExitCode.FAULT;
        }
    }
}
