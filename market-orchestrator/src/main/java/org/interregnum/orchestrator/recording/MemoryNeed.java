package org.interregnum.orchestrator.recording;

import java.util.Locale;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * Memory that a run needs, estimated from above, so that a market that cannot fit is refused before it starts: the
 * preferences, the state and the scratch space of a step, the series, and the events that may wait for the log.
 *
 * @param needed bytes that the run needs
 * @param available bytes that Java may use
 */
public record MemoryNeed(double needed, double available) {
    private static final double PROGRAM = 48e6;
    private static final double PREFERENCE = 8;
    private static final double BUYER = 96;
    private static final double POINT = 16;
    private static final double REPRICING = 4;
    private static final double CORRELATED = 8;
    private static final double ACTIVE_BUYER = 12;
    private static final double EVENT = 1024;
    private static final double MOST_WAITING = 64 << 20;
    private static final double GIGABYTE = 1e9;

    public static MemoryNeed of(RunSpec spec) {
        return of(spec, (double) Runtime.getRuntime().maxMemory());
    }

    public static MemoryNeed of(RunSpec spec, double available) {
        double buyers = spec.market().buyers();
        double sellers = spec.market().sellers();
        double perBuyer = PREFERENCE * sellers + BUYER;
        double perPoint = POINT * sellers + REPRICING + CORRELATED;
        double perEvent = EVENT + ACTIVE_BUYER * buyers + POINT * sellers;
        // One event may be larger than all the room, and another is on its way through the writer.
        double waiting = Math.min(MOST_WAITING, perEvent * spec.points()) + 2 * perEvent;
        return new MemoryNeed(PROGRAM + waiting + buyers * perBuyer + spec.points() * perPoint, available);
    }

    /** Bytes that a run needs of which nothing is kept, besides what the program needs. */
    public static double unrecorded(RunSpec spec) {
        double sellers = spec.market().sellers();
        return spec.market().buyers() * (PREFERENCE * sellers + BUYER)
                + spec.points() * (POINT * sellers + REPRICING + CORRELATED);
    }

    /** Bytes that a run needs whose files are written, besides what the program needs. */
    public static double recorded(RunSpec spec) {
        return of(spec).needed() - PROGRAM;
    }

    /** Bytes that Java may use for runs. */
    public static double forRuns() {
        return Runtime.getRuntime().maxMemory() - PROGRAM;
    }

    /**
     * Makes sure that there is as much.
     *
     * @throws BadInputException when the run does not fit
     */
    public void require(RunSpec spec) {
        if (needed > available) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "--num-buyers %d with --num-sellers %d and --Nt %d: needs %s of memory; must fit into the %s that Java may use (MARKET_JAVA_OPTS=-Xmx%dg allows more)",
                    spec.market().buyers(),
                    spec.market().sellers(),
                    spec.points(),
                    text(needed),
                    text(available),
                    (long) Math.ceil(needed * 1.1 / (1 << 30))));
        }
    }

    /** A number of bytes for people. */
    public static String text(double bytes) {
        return bytes < GIGABYTE
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
    }
}
