/** Adapter: the market's events as Protocol Buffers messages, for every log that keeps bytes. */
package org.interregnum.orchestrator.adapter.protobuf;
