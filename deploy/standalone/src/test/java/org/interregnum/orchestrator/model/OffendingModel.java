package org.interregnum.orchestrator.model;

import java.nio.file.Path;
import org.interregnum.agent.server.ListeningCheck;
import org.interregnum.buyer.choice.UtilityMaximisation;
import org.interregnum.orchestrator.adapter.kafka.OffendingKafkaAdapter;

/** Breaks every law of its room, so that {@code ArchitectureTest} can see its rules bite. */
public final class OffendingModel {
    /** A technology in the model. */
    Path file;

    /** An adapter in the model. */
    OffendingKafkaAdapter adapter;

    /** An agent in the orchestrator. */
    UtilityMaximisation rule;

    /** The bundled agents' own in the orchestrator. */
    ListeningCheck check;

    long now() {
        return System.nanoTime();
    }

    double chance() {
        return Math.random();
    }
}
