package org.interregnum.agent.tls;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** When and where files are read again. */
final class TlsRenewal {
    static final long SECONDS = 10;
    static final TimeUnit UNIT = TimeUnit.SECONDS;

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
