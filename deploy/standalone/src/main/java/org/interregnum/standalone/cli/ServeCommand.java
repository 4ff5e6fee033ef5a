package org.interregnum.standalone.cli;

import picocli.CommandLine.ParseResult;

/** {@code market serve}. */
final class ServeCommand {
    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    int execute(ParseResult result) {
        return ExitCode.DONE;
    }
}
