package org.interregnum.orchestrator.adapter.kafka;

import org.interregnum.orchestrator.adapter.file.OffendingFileAdapter;
import org.interregnum.orchestrator.adapter.protobuf.SharedMapping;

/** Reaches into another adapter, which is forbidden, and into the shared one, which is not. */
public final class OffendingKafkaAdapter {
    OffendingFileAdapter neighbour;
    SharedMapping allowed;
}
