package org.interregnum.orchestrator.adapter.grpc;

import java.time.Duration;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * How agents behind gRPC are asked.
 *
 * @param runId identifier of the run, for the agents' logs; may be empty
 * @param strategy strategy wanted; empty for each agent's default
 * @param deadline how long one request may take, repetitions included; above 0
 * @param connectDeadline how long an agent may take to say who it is at the start; above 0
 * @param batchBuyers most buyers in one request, from 1; a request is kept below 1 MiB whatever this says
 * @param batchesInFlight most requests under way at once, from 1
 */
public record GrpcAgentOptions(
        String runId,
        String strategy,
        Duration deadline,
        Duration connectDeadline,
        int batchBuyers,
        int batchesInFlight) {

    /** How long one request may take unless said otherwise. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    /** How long an agent may take to say who it is unless said otherwise. */
    public static final Duration DEFAULT_CONNECT_DEADLINE = Duration.ofSeconds(3);

    /** Most buyers in one request unless said otherwise. */
    public static final int DEFAULT_BATCH_BUYERS = 10_000;

    /** Most requests under way at once unless said otherwise. */
    public static final int DEFAULT_BATCHES_IN_FLIGHT = 4;

    private static final Duration LONGEST = Duration.ofDays(1);

    public GrpcAgentOptions {
        requireDuration("deadline", deadline);
        requireDuration("connectDeadline", connectDeadline);
        requirePositive("batchBuyers", batchBuyers);
        requirePositive("batchesInFlight", batchesInFlight);
    }

    /** What is used unless said otherwise. */
    public static GrpcAgentOptions defaults() {
        return new GrpcAgentOptions(
                "", "", DEFAULT_DEADLINE, DEFAULT_CONNECT_DEADLINE, DEFAULT_BATCH_BUYERS, DEFAULT_BATCHES_IN_FLIGHT);
    }

    /** The same for a run. */
    public GrpcAgentOptions withRunId(String newRunId) {
        return new GrpcAgentOptions(newRunId, strategy, deadline, connectDeadline, batchBuyers, batchesInFlight);
    }

    /** The same with another strategy; empty for each agent's default. */
    public GrpcAgentOptions withStrategy(String newStrategy) {
        return new GrpcAgentOptions(runId, newStrategy, deadline, connectDeadline, batchBuyers, batchesInFlight);
    }

    /** The same with another deadline for each request. */
    public GrpcAgentOptions withDeadline(Duration newDeadline) {
        return new GrpcAgentOptions(runId, strategy, newDeadline, connectDeadline, batchBuyers, batchesInFlight);
    }

    /** The same with another deadline for the agent to say who it is. */
    public GrpcAgentOptions withConnectDeadline(Duration newConnectDeadline) {
        return new GrpcAgentOptions(runId, strategy, deadline, newConnectDeadline, batchBuyers, batchesInFlight);
    }

    /** The same with other batches. */
    public GrpcAgentOptions withBatches(int newBatchBuyers, int newBatchesInFlight) {
        return new GrpcAgentOptions(runId, strategy, deadline, connectDeadline, newBatchBuyers, newBatchesInFlight);
    }

    private static void requireDuration(String parameter, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new InvalidParameterException(parameter, value.toString(), "must be above 0 and at most a day");
        }
    }

    private static void requirePositive(String parameter, int value) {
        if (value < 1) {
            throw new InvalidParameterException(
                    parameter, Integer.toString(value), "must be a whole number of at least 1");
        }
    }
}
