package org.interregnum.standalone;

import java.io.IOException;

/** Ends a process with the one that started it, whatever way that ends: its standard input ends then. */
public final class Lifeline {
    /** System property of a process that is to end with its starter. */
    public static final String PROPERTY = "interregnum.lifeline";

    private Lifeline() {}

    /** Watches standard input in a process that was started so. */
    static void holdIfAsked() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread thread = new Thread(Lifeline::endWithTheStarter, "lifeline");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void endWithTheStarter() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said, only the end matters.
            }
        } catch (IOException e) {
            // The same as an end.
        }
        System.exit(0);
    }
}
