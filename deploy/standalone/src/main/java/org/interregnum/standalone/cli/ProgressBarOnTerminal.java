package org.interregnum.standalone.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with time left; kept apart so that its library is loaded only when a bar is drawn. */
final class ProgressBarOnTerminal implements AutoCloseable {
    private static final int UPDATE_MILLIS = 250;

    private final ProgressBar bar;

    ProgressBarOnTerminal(PrintStream err, long steps) {
        bar = new ProgressBarBuilder()
                .setTaskName("steps")
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
    }

    void show(long step) {
        bar.stepTo(step);
    }

    @Override
    public void close() {
        bar.close();
    }
}
