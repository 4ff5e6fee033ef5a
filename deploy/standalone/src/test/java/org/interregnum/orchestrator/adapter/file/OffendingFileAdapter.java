package org.interregnum.orchestrator.adapter.file;

/** What {@code OffendingKafkaAdapter} must not reach into. */
public final class OffendingFileAdapter {}
