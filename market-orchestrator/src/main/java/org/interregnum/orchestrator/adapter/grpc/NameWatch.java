package org.interregnum.orchestrator.adapter.grpc;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The addresses behind a name, looked up anew every few seconds for as long as somebody wants to know. One look-up
 * serves all who ask for a name. Java itself keeps what it looked up for half a minute unless {@code sun.net.inetaddr.ttl}
 * says otherwise, which the programs here set.
 */
final class NameWatch {
    /** With the two seconds that Java keeps an address, a change is noticed within five. */
    private static final long PAUSE_SECONDS = 3;

    private static final System.Logger LOG = System.getLogger(NameWatch.class.getName());
    private static final ScheduledExecutorService LOOK_UPS = executor();
    private static final Map<String, NameWatch> WATCHES = new HashMap<>();

    private final String host;
    private final List<Consumer<Set<InetAddress>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private ScheduledFuture<?> polling;

    private NameWatch(String host) {
        this.host = host;
    }

    private static ScheduledExecutorService executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "agent-addresses");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** The thread that begins look-ups, for what is to be done a little later. */
    static ScheduledExecutorService later() {
        return LOOK_UPS;
    }

    /** What a name stands for now, in the order of the look-up. */
    static Set<InetAddress> lookUp(String host) throws UnknownHostException {
        return new LinkedHashSet<>(List.of(InetAddress.getAllByName(host)));
    }

    /** Tells a listener what a name stands for, every few seconds, for as long as it stands for anything. */
    static void add(String host, Consumer<Set<InetAddress>> listener) {
        synchronized (WATCHES) {
            NameWatch watch = WATCHES.computeIfAbsent(host, NameWatch::new);
            watch.listeners.add(listener);
            if (watch.polling == null) {
                watch.polling =
                        LOOK_UPS.scheduleWithFixedDelay(watch::begin, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** Ends that; a telling that is under way may still come. */
    static void remove(String host, Consumer<Set<InetAddress>> listener) {
        synchronized (WATCHES) {
            NameWatch watch = WATCHES.get(host);
            if (watch != null && watch.listeners.remove(listener) && watch.listeners.isEmpty()) {
                watch.polling.cancel(false);
                WATCHES.remove(host);
            }
        }
    }

    /** In a thread of its own, so that a name whose server is slow delays no other; none is looked up twice at a time. */
    private void begin() {
        if (looking.compareAndSet(false, true)) {
            Thread thread = new Thread(this::look, "agent-addresses-of-" + host);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void look() {
        try {
            Set<InetAddress> found = lookUp(host);
            listeners.forEach(listener -> tell(listener, found));
        } catch (UnknownHostException e) {
            // A name server that is away takes no agent away.
        } finally {
            looking.set(false);
        }
    }

    /** One that fails keeps nobody from hearing of this name, now or later. */
    private void tell(Consumer<Set<InetAddress>> listener, Set<InetAddress> found) {
        try {
            listener.accept(found);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a fault of the program, when the addresses of " + host + " were told", e);
        }
    }
}
