package org.interregnum.orchestrator.adapter.rest;

import dev.failsafe.RateLimiter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each address may call. Those that have not called for longest are forgotten first. */
@ApplicationScoped
class CallerLimits {
    private static final int MOST_CALLERS = 4096;

    private final int perSecond;
    private final Map<String, RateLimiter<Object>> callers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter<Object>> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    CallerLimits(OrchestratorSettings settings) {
        // A setting that is not in its range ends the service, but not before this.
        this.perSecond = Math.max(1, settings.requestsPerSecond());
    }

    /** Whether an address may call once more now. */
    boolean permit(String address) {
        RateLimiter<Object> limiter;
        synchronized (callers) {
            limiter = callers.computeIfAbsent(
                    address,
                    added -> RateLimiter.burstyBuilder(perSecond, Duration.ofSeconds(1))
                            .build());
        }
        return limiter.tryAcquirePermit();
    }

    /** The limit in words. */
    String complaint() {
        return "more than " + perSecond + " requests within a second";
    }
}
