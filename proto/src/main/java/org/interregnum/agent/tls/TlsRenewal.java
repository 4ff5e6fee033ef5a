package org.interregnum.agent.tls;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** When and where files are read again. */
final class TlsRenewal {
    /** grpc-java looks no more often. */
    static final long PERIOD = 1;

    static final TimeUnit UNIT = TimeUnit.MINUTES;

    private TlsRenewal() {}

    static ScheduledExecutorService executor() {
        return Holder.EXECUTOR;
    }

    private static final class Holder {
        private static final ScheduledExecutorService EXECUTOR = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tls-files");
            thread.setDaemon(true);
            return thread;
        });
    }
}
