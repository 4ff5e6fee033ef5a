package org.interregnum.orchestrator.service;

import java.nio.file.Path;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.agent.AgentAddress;

/**
 * How an orchestrator service keeps its runs.
 *
 * @param name whose runs they are, on a broker that several services use
 * @param data directory in which each run has one
 * @param kafka broker that keeps the logs; empty for files
 * @param sellerAgent service that decides prices where a run names none
 * @param buyerAgent service that decides choices where a run names none
 * @param runsAtOnce most runs that take steps at the same time; others wait
 */
public record ServiceSettings(
        String name,
        Path data,
        Optional<KafkaConnection> kafka,
        Optional<AgentAddress> sellerAgent,
        Optional<AgentAddress> buyerAgent,
        int runsAtOnce) {}
