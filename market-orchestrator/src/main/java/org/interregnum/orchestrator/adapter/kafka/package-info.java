/** Adapter: the events of many runs, and their models' decisions, on Kafka. */
package org.interregnum.orchestrator.adapter.kafka;
