package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
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

    /** Most runs that take steps at the same time. */
    @WithDefault("16")
    int runsAtOnce();

    /** Most requests that one address may send within a second. */
    @WithDefault("1000")
    int requestsPerSecond();

    /** Most who may watch steps at the same time. */
    @WithDefault("256")
    int watchers();

    /** What callers must send as a bearer token. */
    Optional<String> token();

    /** File that has the token instead. */
    Optional<Path> tokenFile();
}
