package org.interregnum.standalone.stack;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Lets a run take some steps after the other, so that it lasts as long as what is done to the stack meanwhile. */
final class PacedRun implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;
    private static final int STEPS = 10;

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
                run.api().act(run.id(), "step?count=" + STEPS);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            // Seen by whoever looks at the run.
            over = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the run go on at its own pace. */
    @Override
    public void close() throws IOException, InterruptedException {
        over = true;
        pacer.join();
        run.api().act(run.id(), "resume");
    }
}
