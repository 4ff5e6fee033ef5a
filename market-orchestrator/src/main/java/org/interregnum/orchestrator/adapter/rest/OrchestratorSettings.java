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

    /**
     * Where agents may be that are registered or that runs name, as {@code HOST:PORT} in which a star may stand for letters
     * or for the port; on this machine unless said otherwise. The two above are allowed in any case.
     */
    Optional<List<String>> agentAddresses();

    /** Most runs that take steps at the same time. */
    @WithDefault("16")
    int runsAtOnce();

    /** What callers must send as a bearer token. */
    Optional<String> token();

    /** File that has the token instead. */
    Optional<Path> tokenFile();
}
