package org.interregnum.orchestrator.adapter.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.interregnum.orchestrator.agent.AgentAddress;

/**
 * All processes behind an agent's name. Each question goes to the one with the fewest under way, by turns where several
 * have as few; one that does not answer or cannot be reached is passed over while there is another. So a process that
 * stands still costs one question's wait, and one that is started or ended takes part or no longer does within seconds.
 */
final class Replicas implements AutoCloseable {
    private final AgentAddress agent;
    private final Greeting<?, ?> greeting;
    private final Consumer<Set<InetAddress>> listener = this::update;
    private List<Replica> replicas = List.of();
    // Many runs that begin at once do not all begin with the same one.
    private int turn = ThreadLocalRandom.current().nextInt(1 << 16);
    private boolean closed;
    private UnknownHostException unknown;

    Replicas(AgentAddress agent, Greeting<?, ?> greeting) {
        this.agent = agent;
        this.greeting = greeting;
        look();
        if (!isNumber()) {
            NameWatch.add(agent.host(), listener);
        }
    }

    /** A number stands for itself for ever. */
    private boolean isNumber() {
        return agent.host().contains(":") || agent.host().matches("[\\d.]+");
    }

    private void look() {
        try {
            update(NameWatch.lookUp(agent.host()));
        } catch (UnknownHostException e) {
            synchronized (this) {
                unknown = e;
            }
        }
    }

    /** Takes what the name stands for now. */
    synchronized void update(Set<InetAddress> addresses) {
        if (closed) {
            return;
        }
        List<Replica> current = new ArrayList<>();
        for (InetAddress address : addresses) {
            current.add(find(new InetSocketAddress(address, agent.port())));
        }
        for (Replica replica : replicas) {
            if (!current.contains(replica)) {
                replica.retire();
            }
        }
        replicas = current;
        unknown = null;
    }

    private Replica find(InetSocketAddress address) {
        for (Replica replica : replicas) {
            if (replica.address().equals(address)) {
                return replica;
            }
        }
        return new Replica(agent, address);
    }

    /**
     * Whom to ask next.
     *
     * @throws UnknownHostException when the name stands for nothing
     */
    Replica choose() throws UnknownHostException {
        if (isEmpty()) {
            look();
        }
        return chosen();
    }

    private synchronized boolean isEmpty() {
        return replicas.isEmpty();
    }

    private synchronized Replica chosen() throws UnknownHostException {
        if (replicas.isEmpty()) {
            throw unknown == null ? new UnknownHostException(agent.host()) : unknown;
        }
        long now = System.nanoTime();
        int count = replicas.size();
        int first = turn++ & Integer.MAX_VALUE;
        Replica best = null;
        boolean bestIsFit = false;
        for (int offset = 0; offset < count; offset++) {
            Replica replica = replicas.get((first + offset) % count);
            boolean fit = replica.isFit(now);
            if (!fit) {
                replica.probe(greeting, now);
            }
            if (best == null || (fit && !bestIsFit) || (fit == bestIsFit && replica.underWay() < best.underWay())) {
                best = replica;
                bestIsFit = fit;
            }
        }
        if (best.isFailing()) {
            best.connectAtOnce();
        }
        return best;
    }

    /** Whether somebody can be asked at once, rather than after a pause. */
    synchronized boolean isAnyFit() {
        long now = System.nanoTime();
        for (Replica replica : replicas) {
            if (replica.isFit(now)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        NameWatch.remove(agent.host(), listener);
        synchronized (this) {
            closed = true;
            replicas.forEach(Replica::close);
        }
    }
}
