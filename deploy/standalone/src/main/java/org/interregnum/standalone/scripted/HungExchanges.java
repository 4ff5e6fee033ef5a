package org.interregnum.standalone.scripted;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Exchanges that are never answered. The server cannot see that a client has gone away, so each is dropped after ten
 * minutes, and the oldest earlier when there are very many.
 */
final class HungExchanges {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int MOST = 4096;

    private final Queue<Hung> hung = new ArrayDeque<>();

    private record Hung(HttpExchange exchange, long since) {}

    synchronized void add(HttpExchange exchange, long now) {
        hung.add(new Hung(exchange, now));
        if (hung.size() > MOST) {
            hung.remove().exchange().close();
        }
    }

    /** Drops those that have hung long enough. */
    synchronized void sweep(long now) {
        while (!hung.isEmpty() && now - hung.element().since() >= LONGEST) {
            hung.remove().exchange().close();
        }
    }
}
