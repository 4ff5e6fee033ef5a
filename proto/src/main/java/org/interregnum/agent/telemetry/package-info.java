/**
 * How the three services are told to say what they do: one set of settings for logs, traces and the port of metrics. It
 * needs Quarkus' configuration, which the services bring; nobody else loads it.
 */
package org.interregnum.agent.telemetry;
