package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run take some steps after the other, so that it lasts as long as what is done to the stack meanwhile. While the
 * service is away nothing is asked of it; what it has taken up again after a crash goes on at its own pace.
 */
final class PacedRun implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;
    private static final int STEPS = 10;
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final long END_MINUTES = 2;

    private final StackRun run;
    private final Thread pacer;
    private volatile boolean over;

    private PacedRun(StackRun run) {
        this.run = run;
        pacer = new Thread(this::pace, "pace of " + run.id());
        pacer.setDaemon(true);
    }

    /** Holds a run, and lets it go on at a pace of at most a hundred steps a second. */
    static PacedRun of(StackRun run) throws IOException, InterruptedException {
        run.api().act(run.id(), "pause");
        PacedRun paced = new PacedRun(run);
        paced.pacer.start();
        return paced;
    }

    private void pace() {
        try {
            while (!over) {
                ask("step?count=" + STEPS);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int ask(String action) throws InterruptedException {
        try {
            return run.api().post("/api/v1/runs/" + run.id() + "/" + action, "").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Lets the run go on at its own pace. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        pacer.join();
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(END_MINUTES);
        int status = ask("resume");
        // A conflict: it is over.
        while (status != OK && status != CONFLICT) {
            assertThat(System.nanoTime()).as("resumed, status " + status).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            status = ask("resume");
        }
    }
}
