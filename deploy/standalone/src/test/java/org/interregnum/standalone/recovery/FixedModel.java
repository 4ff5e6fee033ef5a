package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.interregnum.standalone.recorded.ChatEndpoint;

/**
 * A model whose answer follows from the wording of the question and from nothing else, so that neither the order in which
 * questions come nor their repetition changes an answer. It can be made to keep its answers to itself for a while.
 */
final class FixedModel implements AutoCloseable {
    /** Sellers of the markets that it answers for. */
    static final int SELLERS = 4;

    private static final String[] IMPRESSIONS = {"terrible", "bad", "neutral", "good", "excellent"};
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final ChatEndpoint endpoint;
    private final List<String> asked = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private Predicate<ChatEndpoint.Request> holding = request -> false;
    private int pricesUntilHold;

    private FixedModel() throws IOException {
        endpoint = ChatEndpoint.startForMany((number, request) -> answer(request));
    }

    static FixedModel start() throws IOException {
        return new FixedModel();
    }

    String url() {
        return endpoint.url("v1");
    }

    /** All questions so far, those that were never answered included. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /**
     * Lets some more prices be decided, of which there is one in a step, and keeps answers back from then on.
     *
     * @param which questions are meant; others are answered
     */
    synchronized void holdAfter(int prices, Predicate<ChatEndpoint.Request> which) {
        pricesUntilHold = prices;
        holding = which;
    }

    /** Waits until so many questions have arrived whose answers are kept back; they then count as seen. */
    synchronized List<String> awaitHeld(int number) throws InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (held.size() < number && System.currentTimeMillis() < until) {
            wait(100);
        }
        assertThat(held).as("questions in flight").hasSize(number);
        List<String> seen = List.copyOf(held);
        held.clear();
        return seen;
    }

    /** Gives the answers that were kept back, as far as somebody still listens, and all others from now on. */
    synchronized void release() {
        holding = request -> false;
        notifyAll();
    }

    /** Gives the answers that are kept back now, and goes on keeping those to later questions. */
    synchronized void releaseHeld() {
        Predicate<ChatEndpoint.Request> same = holding;
        // Another object: those that wait do so as long as it is the one they met.
        holding = request -> same.test(request);
        notifyAll();
    }

    private ChatEndpoint.Reply answer(ChatEndpoint.Request request) {
        synchronized (this) {
            asked.add(request.question());
            if (pricesUntilHold == 0 && holding.test(request)) {
                held.add(request.question());
                notifyAll();
                awaitRelease(holding);
            } else if (request.kind().equals("price") && pricesUntilHold > 0) {
                pricesUntilHold--;
            }
        }
        CRC32 sum = new CRC32();
        sum.update(request.question().getBytes(StandardCharsets.UTF_8));
        return ChatEndpoint.Reply.saying(answer(request.kind(), sum.getValue()));
    }

    private void awaitRelease(Predicate<ChatEndpoint.Request> mine) {
        try {
            while (holding == mine) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(String kind, long any) {
        return switch (kind) {
            case "price" ->
                String.format(Locale.ROOT, "{\"reason\": \"fixed\", \"price\": %.6f}", 0.05 + any % 1_000_003 / 1e6);
            case "impression" -> "{\"impression\": \"" + IMPRESSIONS[(int) (any % IMPRESSIONS.length)] + "\"}";
            case "choice" -> "{\"reason\": \"fixed\", \"seller\": " + (any % (SELLERS + 1) - 1) + "}";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Override
    public void close() {
        release();
        endpoint.close();
    }
}
