package org.interregnum.orchestrator.helper;

/** Lives in a room that no rule knows. */
public final class OffendingHelper {}
