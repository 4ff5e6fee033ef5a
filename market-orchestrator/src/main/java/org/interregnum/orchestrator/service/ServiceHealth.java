package org.interregnum.orchestrator.service;

import java.util.List;
import java.util.Optional;

/**
 * How a service is, beyond its runs.
 *
 * @param broker why the broker cannot be used, in one line; empty when it answers, or the logs are files
 * @param disk why the directory for data cannot be used, in one line; empty when it can be written to
 * @param stuck runs that are under way and have lost their thread; none, unless the program is at fault
 */
public record ServiceHealth(Optional<String> broker, Optional<String> disk, List<String> stuck) {}
