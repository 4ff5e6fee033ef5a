package org.interregnum.standalone.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.interregnum.standalone.recorded.ChatEndpoint.Reply;

/** A model that answers with prices at once, by the question alone, and remembers when it was asked. */
public final class TimedModel implements AutoCloseable {
    private static final double NANOS_OF_A_MINUTE = 60e9;

    private final ChatEndpoint endpoint;
    private final List<Long> arrivals = new ArrayList<>();

    private TimedModel() throws IOException {
        endpoint = ChatEndpoint.startForMany((number, request) -> {
            synchronized (this) {
                arrivals.add(System.nanoTime());
            }
            int any = Math.floorMod(request.question().hashCode(), 1000);
            return Reply.saying("{\"reason\": \"fixed\", \"price\": 0." + (100 + any) + "}");
        });
    }

    /** Starts it on a free port of this machine. */
    public static TimedModel start() throws IOException {
        return new TimedModel();
    }

    /** Its address, as a base URL. */
    public String url() {
        return endpoint.url("v1");
    }

    /** How often it was asked so far. */
    public synchronized int calls() {
        return arrivals.size();
    }

    /** The questions so far. */
    public List<String> questions() {
        return endpoint.requests().stream().map(ChatEndpoint.Request::question).toList();
    }

    /**
     * Which of the calls from some number on came too early, by the time since a moment before the first of them. Whatever
     * holds calls up on their way makes them later, so that none of those who keep to the limit can come too early.
     *
     * @param first number of the first of the calls that are looked at
     * @param since the moment, by {@link System#nanoTime()}
     * @param processes how many processes keep to the limit together, of which each begins with one call
     */
    public synchronized List<Integer> tooEarly(int first, long since, int callsPerMinute, int processes) {
        List<Integer> early = new ArrayList<>();
        for (int call = first; call < arrivals.size(); call++) {
            double due = (call - first + 1 - processes) * NANOS_OF_A_MINUTE / callsPerMinute;
            if (arrivals.get(call) - since < Math.floor(due)) {
                early.add(call);
            }
        }
        return early;
    }

    /** Asserts that no call was too early. */
    public void assertPace(long since, int callsPerMinute, int processes) {
        assertThat(tooEarly(0, since, callsPerMinute, processes))
                .as("of " + calls() + " calls came too early")
                .isEmpty();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
