package org.interregnum.orchestrator.adapter.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Calls that may hold a thread for long: so few at once that calls that take no time always find a thread. All kinds
 * together, downloads among them, stay below half of the 200 threads that Quarkus has.
 */
@ApplicationScoped
class LongCalls {
    /** Most assignments that wait for the next step of their runs. */
    static final int ASSIGNMENTS = 32;

    /** Most questions to agents how they are. */
    static final int CHECKS = 16;

    /** Most calls that read logs to know who decides. */
    static final int READS = 16;

    private static final int ASSIGNMENT_SECONDS = 5;
    private static final int CHECK_SECONDS = 3;

    private final Semaphore assignments = new Semaphore(ASSIGNMENTS);
    private final Semaphore checks = new Semaphore(CHECKS);
    private final Semaphore reads = new Semaphore(READS);
    private final Set<String> assigning = ConcurrentHashMap.newKeySet();

    /**
     * Assigns an agent in a run; one at a time in each run.
     *
     * @throws BusyException when another one waits there, or too many wait in all
     */
    <T> T assign(String run, Supplier<T> call) {
        if (!assigning.add(run)) {
            throw new BusyException(
                    Response.Status.CONFLICT,
                    "another assignment waits for the next step of the run " + run + "; try again when it is done",
                    ASSIGNMENT_SECONDS);
        }
        try {
            return within(
                    assignments,
                    call,
                    ASSIGNMENTS + " assignments wait already for the next steps of their runs",
                    ASSIGNMENT_SECONDS);
        } finally {
            assigning.remove(run);
        }
    }

    /**
     * Asks an agent how it is.
     *
     * @throws BusyException when too many are asked
     */
    <T> T check(Supplier<T> call) {
        return within(checks, call, CHECKS + " agents are being asked already how they are", CHECK_SECONDS);
    }

    /**
     * Reads the logs of runs to know who decides in them.
     *
     * @throws BusyException when too many are read
     */
    <T> T readLogs(Supplier<T> call) {
        return within(reads, call, READS + " calls read logs already", CHECK_SECONDS);
    }

    private static <T> T within(Semaphore places, Supplier<T> call, String complaint, int seconds) {
        if (!places.tryAcquire()) {
            throw new BusyException(Response.Status.SERVICE_UNAVAILABLE, complaint, seconds);
        }
        try {
            return call.get();
        } finally {
            places.release();
        }
    }
}
