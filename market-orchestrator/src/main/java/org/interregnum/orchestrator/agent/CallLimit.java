package org.interregnum.orchestrator.agent;

/**
 * A limit of calls a minute. Models that name the same one share it, whoever asks them.
 *
 * @param endpoint name of the endpoint
 * @param baseUrl its address
 * @param callsPerMinute most calls a minute, from 1
 */
public record CallLimit(String endpoint, String baseUrl, int callsPerMinute) {}
