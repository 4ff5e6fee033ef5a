package org.interregnum.orchestrator.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.interregnum.orchestrator.agent.CallLimit;
import org.interregnum.orchestrator.agent.ModelSettings;

/**
 * How many calls a minute are made at which endpoint, over all runs that have this object. Models at one endpoint, by its
 * name and address, with one limit share that limit; those with another have one of their own. Thread-safe.
 */
public final class CallPaces {
    /** Models that are not really asked need not wait. */
    static final CallPaces NONE = new CallPaces(() -> 0, false);

    private final LongSupplier nanos;
    private final boolean isKept;
    private final Map<CallLimit, CallPace> paces = new HashMap<>();
    private int members = 1;

    /** Nobody was asked yet. */
    public CallPaces() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    CallPaces(LongSupplier nanos) {
        this(nanos, true);
    }

    private CallPaces(LongSupplier nanos, boolean isKept) {
        this.nanos = nanos;
        this.isKept = isKept;
    }

    /** The pace at which a model may be asked; empty for any. */
    synchronized Optional<CallPace> of(ModelSettings model) {
        return isKept ? model.callLimit().map(this::of) : Optional.empty();
    }

    private CallPace of(CallLimit wanted) {
        return paces.computeIfAbsent(wanted, limit -> new CallPace(limit.callsPerMinute(), members, nanos));
    }

    /**
     * From now on so many processes keep to each limit together, and this one to its part.
     *
     * @param processes their number, from 1
     */
    public synchronized void shareAmong(int processes) {
        if (processes < 1) {
            throw new IllegalArgumentException(processes + " processes cannot share a limit");
        }
        if (processes != members) {
            members = processes;
            paces.values().forEach(pace -> pace.shareAmong(processes));
        }
    }
}
