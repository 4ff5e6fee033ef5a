package org.interregnum.orchestrator.service;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A run as it is at a moment.
 *
 * @param id what it is called
 * @param state what it is doing
 * @param reason why it ended as it did, in one line; empty while it does not, and when it finished
 * @param step steps that it has taken
 * @param steps steps that it is to take
 * @param created when it was first asked for
 * @param directory where its files are
 */
public record RunView(
        String id, RunState state, String reason, long step, long steps, Instant created, Path directory) {}
