package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of the service; the environment's variables are called {@code INTERREGNUM_DATA} and so on. */
@ConfigMapping(prefix = "interregnum")
interface OrchestratorSettings {
    /** Whose runs they are, where several services share a broker. */
    @WithDefault("orchestrator")
    String orchestrator();

    /** Directory in which each run has one. */
    @WithDefault("runs")
    Path data();

    /** Broker that keeps the logs, as {@code HOST:PORT}; without one they are files. */
    Optional<String> kafka();

    /** How events are written there: {@code protobuf} or {@code json}. */
    @WithDefault("protobuf")
    String kafkaValues();

    /** Agent service that decides prices where a run names none, as {@code HOST:PORT}. */
    Optional<String> sellerAgent();

    /** Agent service that decides choices where a run names none, as {@code HOST:PORT}. */
    Optional<String> buyerAgent();

    /** Longest wait for an agent service where a run has no deadline of its own. */
    @WithDefault("2m")
    String agentDeadline();

    /**
     * Where agents may be that are registered or that runs name, as {@code HOST:PORT} in which a star may stand for letters
     * or for the port; on this machine unless said otherwise. The two above are allowed in any case.
     */
    Optional<List<String>> agentAddresses();

    /** Most runs that take steps at the same time. */
    @WithDefault("16")
    int runsAtOnce();

    /** Most requests that one address may send within a second. */
    @WithDefault("1000")
    int requestsPerSecond();

    /** Most who may watch steps at the same time. */
    @WithDefault("256")
    int watchers();

    /** How the log is written: {@code text} or {@code json}. */
    Optional<String> log();

    /** Which steps have spans in traces: 1 for each, 100 for every hundredth, 0 for none. */
    @WithDefault("100")
    String traceEvery();

    /** What callers must send as a bearer token. */
    Optional<String> token();

    /** File that has the token instead. */
    Optional<Path> tokenFile();
}
