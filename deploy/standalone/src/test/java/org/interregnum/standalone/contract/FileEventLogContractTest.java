package org.interregnum.standalone.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.file.FileEventLog;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.RunEnded;
import org.junit.jupiter.api.io.TempDir;

/** The log as a file. */
class FileEventLogContractTest extends EventLogContract {
    @TempDir
    private Path directory;

    @Override
    protected EventLog create(String run, Consumer<MarketEvent> follower) {
        return FileEventLog.create(directory.resolve(run), follower);
    }

    @Override
    protected Resumed resume(String run) {
        List<MarketEvent> before = new ArrayList<>();
        long end = 0;
        try (FileEventLogReader reader = new FileEventLogReader(directory.resolve(run))) {
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                if (!(event instanceof RunEnded)) {
                    before.add(event);
                    end = reader.position();
                }
            }
        }
        return new Resumed(FileEventLog.resume(directory.resolve(run), end, event -> {}), before);
    }

    @Override
    protected EventSource open(String run) {
        return new FileEventLogReader(directory.resolve(run));
    }
}
