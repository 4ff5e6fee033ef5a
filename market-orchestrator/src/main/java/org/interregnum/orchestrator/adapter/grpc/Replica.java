package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.orchestrator.agent.AgentAddress;

/**
 * One of the processes behind an agent's name: the connection to it, who it is, and how it fares.
 *
 * <p>Another process may take its place at the same address. {@link #absences} counts the occasions: new connections, and
 * questions that it could not take, which behind a proxy need no new connection.
 */
final class Replica {
    private static final long PROBE_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROBE_DEADLINE_SECONDS = 5;

    /** Calls under way when an address vanishes have so long to end; then they are asked elsewhere. */
    private static final long DRAIN_SECONDS = 60;

    private final AgentAddress agent;
    private final InetSocketAddress address;
    // Counted by the connection's thread, before the answers of a new connection arrive.
    private final AtomicInteger absences = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile ManagedChannel channel;
    private volatile Known known;
    private volatile boolean silent;
    private volatile boolean retired;
    private int failures;
    private long restsUntil;
    private boolean probing;
    private long probedAt;

    Replica(AgentAddress agent, InetSocketAddress address) {
        this.agent = agent;
        this.address = address;
        this.channel = open();
    }

    private ManagedChannel open() {
        return AgentChannels.open(agent, address, new ClientTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                absences.incrementAndGet();
                return attributes;
            }
        });
    }

    InetSocketAddress address() {
        return address;
    }

    int absences() {
        return absences.get();
    }

    /** Calls that have not ended, so that the least busy one is asked. */
    int underWay() {
        return underWay.get();
    }

    /** Who it is, as long as it has not been away since it was asked; null when nobody knows. */
    AgentIdentity identity() {
        Known last = known;
        return last != null && last.absences == absences.get() ? last.identity : null;
    }

    /** Who was there when it was last asked; null before. */
    AgentIdentity lastIdentity() {
        Known last = known;
        return last == null ? null : last.identity;
    }

    /**
     * Remembers who it is.
     *
     * @param heardAt the absences when its answer arrived
     */
    void learn(AgentIdentity identity, int heardAt) {
        known = new Known(identity, heardAt);
    }

    /** What calls go over now. */
    Object connection() {
        return channel;
    }

    /** A call, not yet started, that counts as under way until {@link #landed}. */
    <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        underWay.incrementAndGet();
        return channel.newCall(method, options);
    }

    /** A call has ended; {@code answered} tells whether it was there. */
    synchronized void landed(boolean answered) {
        underWay.decrementAndGet();
        if (answered) {
            silent = false;
            failures = 0;
        }
    }

    /** It could not take a question. It is let alone for a while; then the next question may try to connect at once. */
    synchronized void failed(long now) {
        absences.incrementAndGet();
        // Many questions may be lost with one connection; that is one failure.
        if (failures == 0 || restsUntil - now <= 0) {
            restsUntil = now + Absence.pauseNanos(failures++);
        }
    }

    /** Whether the last question could not be taken, so that the channel pauses before it connects again. */
    synchronized boolean isFailing() {
        return failures > 0;
    }

    /** Whether it may be asked, where there is a choice. */
    synchronized boolean isFit(long now) {
        return !silent && !retired && (failures == 0 || restsUntil - now <= 0);
    }

    /**
     * It has not answered in the time that answers take: its process may stand still, or the connection be dead without
     * anybody knowing. Others are asked until it answers again, over a new connection.
     *
     * @param asked the {@link #connection} over which it was asked
     */
    synchronized void suspect(Object asked) {
        if (retired || asked != channel) {
            return;
        }
        silent = true;
        ManagedChannel old = channel;
        channel = open();
        retire(old);
    }

    /** Asks a silent one now and then who it is; if it answers, it is asked questions again. */
    <Q, A> void probe(Greeting<Q, A> greeting, long now) {
        synchronized (this) {
            if (!silent || probing || now - probedAt < PROBE_PAUSE_NANOS) {
                return;
            }
            probing = true;
            probedAt = now;
        }
        connectAtOnce();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(PROBE_DEADLINE_SECONDS, TimeUnit.SECONDS);
        ClientCalls.asyncUnaryCall(
                channel.newCall(greeting.method(), options), greeting.question(), new StreamObserver<A>() {
                    @Override
                    public void onNext(A value) {
                        // That it answers is all that is asked for.
                    }

                    @Override
                    public void onError(Throwable failure) {
                        probed(false);
                    }

                    @Override
                    public void onCompleted() {
                        probed(true);
                    }
                });
    }

    private synchronized void probed(boolean answered) {
        probing = false;
        silent = silent && !answered;
    }

    /** Lets the next call try to connect at once, where the channel would refuse it until a longer pause is over. */
    void connectAtOnce() {
        channel.resetConnectBackoff();
    }

    /** Its address is no longer one of the agent's: it takes no new calls, and what it has may end. */
    synchronized void retire() {
        retired = true;
        retire(channel);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private static void retire(ManagedChannel channel) {
        channel.shutdown();
        if (!channel.isTerminated()) {
            NameWatch.later().schedule(channel::shutdownNow, DRAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Gives up all calls. */
    synchronized void close() {
        retired = true;
        channel.shutdownNow();
    }

    private record Known(AgentIdentity identity, int absences) {}
}
