package org.interregnum.orchestrator.adapter.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.interregnum.orchestrator.run.RunInstruments;

/** Instruments for the runs of the service, as its settings want them. */
@Singleton
final class Telemetry implements RunInstruments.Factory {
    private static final String WHOLE_NUMBER = "\\d{1,9}";

    private final RunMeters meters;
    private final Tracer tracer;
    private final long every;

    /**
     * @param isOff whether there are no traces at all
     * @param every which steps have spans; what is no whole number, the service refuses to start with
     */
    Telemetry(
            MeterRegistry registry,
            Tracer tracer,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean isOff,
            @ConfigProperty(name = "interregnum.trace-every", defaultValue = "100") String every) {
        meters = new RunMeters(registry);
        this.tracer = tracer;
        this.every = isOff || !every.matches(WHOLE_NUMBER) ? 0 : Long.parseLong(every);
    }

    @Override
    public RunInstruments of(String run) {
        return new MeasuredRun(meters, new RunSpans(tracer, run, every));
    }

    /** Requests over HTTP are counted by how long they take as well. */
    @Produces
    @Singleton
    static MeterFilter requestTimes() {
        double[] bounds = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 5000)
                .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
                .toArray();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("http.server.requests")
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(bounds)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
