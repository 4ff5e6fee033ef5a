package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** Lets a paused run take steps all the time, but not so many that it would be over before a test is. */
final class PacedRun implements AutoCloseable {
    private final OrchestratorProcess service;
    private final String id;
    private final Thread pace;
    private volatile boolean isOver;

    PacedRun(OrchestratorProcess service, String id, int steps, int everyMillis) {
        this.service = service;
        this.id = id;
        this.pace = new Thread(() -> {
            try {
                while (!isOver) {
                    service.post("/api/v1/runs/" + id + "/step?count=" + steps, "");
                    TimeUnit.MILLISECONDS.sleep(everyMillis);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        pace.start();
    }

    /** Waits until some more steps have been taken, and asserts that the run is well and not over. */
    void awaitSteps(int more) throws Exception {
        long now = service.run(id).get("step").asLong();
        service.await(id, run -> {
            assertThat(run.get("state").asText()).as(run.toString()).isIn("waiting", "paused", "running");
            return run.get("step").asLong() >= now + more;
        });
    }

    /** Lets the rest be taken without a pause, and waits until the run is over. */
    void finish() throws Exception {
        close();
        service.act(id, "resume");
        service.awaitState(id, "finished");
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        pace.join();
    }
}
