package org.interregnum.standalone.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command talks to a person.
 *
 * @param out results, for people and for pipes
 * @param err everything else: errors, progress, where the files are when a run stops early
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether {@code err} can redraw a line
 * @param colour whether {@code out} may carry ANSI styles
 */
public record Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, boolean colour) {
    /** A console whose results go into a file or a pipe. */
    public Console(PrintStream out, PrintStream err, boolean errIsTerminal, boolean colour) {
        this(out, err, false, errIsTerminal, colour);
    }

    /** The console of this process. */
    public static Console ofProcess() {
        boolean outIsTerminal = isTerminal(1);
        boolean colour = System.getenv("NO_COLOR") == null && outIsTerminal;
        return new Console(System.out, System.err, outIsTerminal, isTerminal(2), colour);
    }

    /** Says what comes up while a command is at work, each in a line that begins with the command. */
    Consumer<String> saying(String command) {
        return what -> err.println(command + ": " + what);
    }

    /** Java cannot tell about one stream, so where the system names the open files their names are read. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String file = Files.readSymbolicLink(link).toString();
                return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return Ansi.AUTO.enabled();
    }
}
