package org.interregnum.buyer.grpc;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of this agent; the environment's variables are called {@code INTERREGNUM_ENDPOINT_URLS} and so on. */
@ConfigMapping(prefix = "interregnum")
interface BuyerAgentSettings {
    /** Addresses, besides the well-known ones, that requests may send the agent to; what lies below them is included. */
    Optional<List<String>> endpointUrls();

    /** Directory with further wordings of prompts, such as {@code <variant>/choice-user.txt}. */
    Optional<Path> prompts();

    /** How the log is written: {@code text} or {@code json}. */
    Optional<String> log();

    /** Port for metrics and health over HTTP; none is opened unless one is named. */
    Optional<String> managementPort();
}
