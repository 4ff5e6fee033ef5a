package org.interregnum.standalone.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * One call of the command, and what it said.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandRun(int exitCode, String out, String err) {
    /** Calls the command in this process, without colours. */
    public static CommandRun of(String... arguments) {
        return of(false, arguments);
    }

    static CommandRun of(boolean colour, String... arguments) {
        return of(colour, MarketCommand::new, arguments);
    }

    /** The same of a command that is made otherwise. */
    static CommandRun of(boolean colour, Function<Console, MarketCommand> command, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                colour);
        int exitCode = command.apply(console).execute(arguments);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public List<String> errLines() {
        return err.lines().toList();
    }
}
