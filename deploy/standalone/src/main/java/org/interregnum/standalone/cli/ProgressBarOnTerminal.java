package org.interregnum.standalone.cli;

import java.io.PrintStream;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A line on a terminal that is drawn anew; kept apart so that its library is loaded only when it is drawn. */
final class ProgressBarOnTerminal implements AutoCloseable {
    private static final int UPDATE_MILLIS = 250;
    private static final String STEPS = "steps";
    private static final String SEPARATOR = ", ";

    private final ProgressBar bar;

    private ProgressBarOnTerminal(ProgressBar bar) {
        this.bar = bar;
    }

    /** A bar, with words behind it. */
    static ProgressBarOnTerminal of(PrintStream err, long steps) {
        return of(err, STEPS, steps);
    }

    /** A bar of other things than steps. */
    static ProgressBarOnTerminal of(PrintStream err, String what, long number) {
        return new ProgressBarOnTerminal(builder(err, what, number)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .build());
    }

    /** Words alone, as many pieces of them as the terminal is wide. */
    static ProgressBarOnTerminal inWords(PrintStream err, long steps) {
        return new ProgressBarOnTerminal(builder(err, STEPS, steps)
                .setRenderer((state, columns) ->
                        fitted(state.getExtraMessage().lines().toList(), columns))
                .build());
    }

    private static ProgressBarBuilder builder(PrintStream err, String what, long number) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(number)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err));
    }

    /** The first pieces, as many as fit, on the whole of a line, so that nothing is left of what was there. */
    static String fitted(List<String> pieces, int columns) {
        StringBuilder line = new StringBuilder();
        for (String piece : pieces) {
            String next = line.isEmpty() ? piece : SEPARATOR + piece;
            if (line.length() + next.length() > columns) {
                break;
            }
            line.append(next);
        }
        return line.append(" ".repeat(Math.max(0, columns - line.length()))).toString();
    }

    /**
     * Draws it.
     *
     * @param step where the run is
     * @param words what to say; of words alone, a piece a line
     */
    void show(long step, String words) {
        bar.stepTo(step);
        bar.setExtraMessage(words);
    }

    @Override
    public void close() {
        bar.close();
    }
}
