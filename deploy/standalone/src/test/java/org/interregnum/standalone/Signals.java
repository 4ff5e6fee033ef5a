package org.interregnum.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What Unix sends to processes. */
public final class Signals {
    private Signals() {}

    /**
     * Sends a signal to a process.
     *
     * @param name such as {@code INT}
     */
    public static void send(long pid, String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        assertThat(exit).as("kill -" + name).isZero();
    }
}
