package org.interregnum.orchestrator.adapter.protobuf;

/** What every adapter may use. */
public final class SharedMapping {}
