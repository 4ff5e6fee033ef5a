package org.interregnum.standalone.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Follows a run to its end, through broken connections and restarts of its service. */
public final class RunWatcher {
    /** Hears of steps. */
    public interface Listener {
        /**
         * A step was taken; called once for each, in order.
         *
         * @param step its number; 0 is the opening
         * @param json the step as the service sent it, in a line
         * @return whether to go on watching
         */
        boolean step(long step, String json);
    }

    private static final Set<String> OVER = Set.of("finished", "stopped", "failed", "budget_spent");

    private final OrchestratorClient service;
    private final Patience patience;
    private final Consumer<String> journal;

    /** @param journal is told, in a line, that the service is away, and that it is back */
    public RunWatcher(OrchestratorClient service, Patience patience, Consumer<String> journal) {
        this.service = service;
        this.patience = patience;
        this.journal = journal;
    }

    /**
     * Follows a run.
     *
     * @param from first step to hear of
     * @return the run as it was when it ended; null when the listener had enough
     * @throws ServiceAwayException when the service is away for too long
     * @throws ServiceRefusalException when there is no such run, or it may not be watched
     * @throws InterruptedException when this thread was interrupted; the run is as it was
     */
    public JsonNode watch(String run, long from, Listener listener) throws InterruptedException {
        Position position = new Position(from);
        while (true) {
            Attempt attempt = new Attempt(run, position, listener);
            patiently(attempt);
            if (attempt.isDone) {
                return attempt.end;
            }
            journal.accept(service.address() + ": the connection broke; taking it up again");
            pause(patience.first());
        }
    }

    /**
     * Does something that asks the service, again and again while it is away.
     *
     * @throws ServiceAwayException when it is away for too long
     */
    public <T> T patiently(Call<T> call) throws InterruptedException {
        long until = System.nanoTime() + patience.all().toNanos();
        Duration pause = patience.first();
        boolean wasAway = false;
        while (true) {
            try {
                T result = call.call();
                if (wasAway) {
                    journal.accept(service.address() + " answers again");
                }
                return result;
            } catch (ServiceAwayException e) {
                if (System.nanoTime() + pause.toNanos() > until) {
                    throw new ServiceAwayException(e.getMessage() + "; given up after " + seconds(patience.all()), e);
                }
                journal.accept(e.getMessage() + "; trying again in " + seconds(pause));
                wasAway = true;
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(patience.longest()) < 0
                    ? pause.multipliedBy(2)
                    : patience.longest();
        }
    }

    /** Something that asks a service. */
    public interface Call<T> {
        T call() throws InterruptedException;
    }

    private static void pause(Duration pause) throws InterruptedException {
        Thread.sleep(pause.toMillis());
    }

    private static String seconds(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    /** How far somebody has come. */
    private static final class Position {
        private long next;

        Position(long next) {
            this.next = next;
        }
    }

    /** One connection. It returns when the run is over or when it broke after it had brought something. */
    private final class Attempt implements Call<Void> {
        private final String run;
        private final Position position;
        private final Listener listener;
        private boolean isDone;
        private JsonNode end;

        Attempt(String run, Position position, Listener listener) {
            this.run = run;
            this.position = position;
            this.listener = listener;
        }

        @Override
        public Void call() throws InterruptedException {
            long first = position.next;
            try (EventStream stream = service.steps(run, position.next)) {
                while (true) {
                    ServerSentEvent event = stream.next(patience.silence()).orElse(null);
                    if (event == null) {
                        throw new IOException("the stream ended before the run");
                    }
                    if (take(event)) {
                        isDone = true;
                        return null;
                    }
                }
            } catch (IOException e) {
                if (position.next > first) {
                    return null;
                }
                throw new ServiceAwayException(service.address() + ": " + e.getMessage(), e);
            }
        }

        private boolean take(ServerSentEvent event) throws IOException {
            if (event.name().equals("end")) {
                JsonNode state = service.json(event.data());
                if (!OVER.contains(state.path("state").asText())) {
                    throw new IOException("the stream ended before the run");
                }
                end = state;
                return true;
            }
            if (!event.name().equals("step")) {
                return false;
            }
            long step = number(event.id());
            if (step < position.next) {
                // Heard of already.
                return false;
            }
            if (step > position.next) {
                throw new IOException("step " + position.next + " is missing");
            }
            position.next = step + 1;
            // Line feeds in JSON stand between its parts only.
            return !listener.step(step, event.data().replace('\n', ' '));
        }

        private static long number(String id) throws IOException {
            if (!id.matches("\\d{1,18}")) {
                throw new IOException("a step has no number");
            }
            return Long.parseLong(id);
        }
    }
}
