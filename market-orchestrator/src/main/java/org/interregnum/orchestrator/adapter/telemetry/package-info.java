/** What the service measures of its runs: meters of Micrometer, spans of OpenTelemetry. */
package org.interregnum.orchestrator.adapter.telemetry;
