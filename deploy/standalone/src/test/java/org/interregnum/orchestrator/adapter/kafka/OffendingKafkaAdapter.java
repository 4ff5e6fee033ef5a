package org.interregnum.orchestrator.adapter.kafka;

import org.interregnum.orchestrator.adapter.file.OffendingFileAdapter;
import org.interregnum.orchestrator.adapter.protobuf.SharedMapping;
import org.interregnum.orchestrator.request.RunRequest;

/** Reaches into another adapter and into who assembles runs, which is forbidden, and into the shared one, which is not. */
public final class OffendingKafkaAdapter {
    OffendingFileAdapter neighbour;
    SharedMapping allowed;
    RunRequest request;
}
