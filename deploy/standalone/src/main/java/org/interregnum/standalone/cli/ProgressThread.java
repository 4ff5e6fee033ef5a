package org.interregnum.standalone.cli;

import java.util.function.Supplier;

/**
 * Shows progress from a thread of its own: a bar on a terminal, otherwise a line now and then. What ends at once shows
 * nothing, and does not even load what would draw it.
 */
final class ProgressThread implements AutoCloseable {
    private static final int BAR_EVERY_MILLIS = 250;
    private static final int BAR_AFTER_MILLIS = 1000;
    private static final int LINE_EVERY_MILLIS = 10_000;

    private final Console console;
    private final Supplier<ProgressBarOnTerminal> bar;
    private final Drawing drawing;
    private final Supplier<String> line;
    private final Thread thread = new Thread(this::show, "progress");

    /** Draws how far it is. */
    @FunctionalInterface
    interface Drawing {
        /** Draws it; the last time nothing is left to wait for. */
        void draw(ProgressBarOnTerminal bar, boolean isLast);
    }

    /**
     * A thread that does nothing yet.
     *
     * @param bar makes a terminal's bar
     * @param line says in a line how far it is
     */
    ProgressThread(Console console, Supplier<ProgressBarOnTerminal> bar, Drawing drawing, Supplier<String> line) {
        this.console = console;
        this.bar = bar;
        this.drawing = drawing;
        this.line = line;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void show() {
        try {
            if (console.errIsTerminal()) {
                Thread.sleep(BAR_AFTER_MILLIS);
                showBar();
            } else {
                while (true) {
                    Thread.sleep(LINE_EVERY_MILLIS);
                    console.err().println(line.get());
                }
            }
        } catch (InterruptedException e) {
            // It is over; nothing more to show.
        }
    }

    private void showBar() throws InterruptedException {
        try (ProgressBarOnTerminal shown = bar.get()) {
            try {
                while (true) {
                    drawing.draw(shown, false);
                    Thread.sleep(BAR_EVERY_MILLIS);
                }
            } finally {
                drawing.draw(shown, true);
            }
        }
    }

    /** Says that there is nothing more to show; does not wait until it is seen. */
    void stop() {
        thread.interrupt();
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
