package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaRequestTaker;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.sweeping.CellWorker;
import org.interregnum.standalone.InProcessAgents;
import picocli.CommandLine.ParseResult;

/** {@code market serve orchestrator --take-requests}: runs what sweeps ask for on Kafka, until it is stopped. */
final class TakeRequestsCommand {
    private static final String NAME = "market serve orchestrator";
    private static final int MOST = 1000;

    private final Console console;

    TakeRequestsCommand(Console console) {
        this.console = console;
    }

    int execute(ParseResult result) {
        int atOnce = (int) Values.wholeNumber(
                MarketCommand.extra(result, CommandLines.TAKE_REQUESTS).orElseThrow(),
                1,
                MOST,
                "must be a whole number from 1 to " + MOST);
        Given kafka = MarketCommand.extra(result, Setting.KAFKA.firstName())
                .or(() -> environment("INTERREGNUM_KAFKA", Setting.KAFKA.firstName()))
                .orElseThrow(() -> new BadInputException(
                        CommandLines.TAKE_REQUESTS + " needs a broker; --kafka HOST:PORT must say where"));
        KafkaConnection connection =
                new KafkaConnection(Values.address(Setting.KAFKA, kafka).toString());
        refuse(result, CommandLines.PORT);
        refuse(result, CommandLines.HOST);
        Path data = data(result.matchedOptionValue(CommandLines.DATA, "runs"));
        Map<Setting, Given> defaults = new EnumMap<>(Setting.class);
        target(result, CommandLines.SELLER_AGENT, Setting.SELLER_TARGET, defaults);
        target(result, CommandLines.BUYER_AGENT, Setting.BUYER_TARGET, defaults);
        try (Interruption interruption = new Interruption();
                CellWorker worker = new CellWorker(connection, data, defaults, new InProcessAgents(), this::say)) {
            KafkaRequestTaker taker = new KafkaRequestTaker(
                    connection, name(), atOnce, worker, worker::shareAmong, new Pulse(data), this::say);
            interruption.stops(taker::stop);
            taker.run();
            return ExitCode.INTERRUPTED;
        } catch (EventLogException e) {
            console.err().println(NAME + ": " + e.getMessage());
            return ExitCode.FAULT;
        }
    }

    /** Who it is, for results: the machine's name, if the system tells, and the process. */
    private static String name() {
        String host = System.getenv("HOSTNAME");
        return (host == null || host.isBlank() ? "orchestrator" : host) + "-"
                + ProcessHandle.current().pid();
    }

    private static Optional<Given> environment(String variable, String name) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isBlank())
                .map(value -> new Given(name, value));
    }

    private static void target(ParseResult result, String option, Setting setting, Map<Setting, Given> defaults) {
        MarketCommand.extra(result, option).ifPresent(given -> {
            Values.address(setting, given);
            defaults.put(setting, given);
        });
    }

    private static void refuse(ParseResult result, String option) {
        MarketCommand.extra(result, option).ifPresent(given -> {
            throw given.isBad(
                    "has no effect with " + CommandLines.TAKE_REQUESTS + ", which opens no port; leave one out");
        });
    }

    private static Path data(String text) {
        try {
            return Files.createDirectories(Path.of(text));
        } catch (InvalidPathException | IOException e) {
            throw BadInputException.about(CommandLines.DATA, text, "must be a directory that can be written to");
        }
    }

    /** Touches a file every few seconds, so that others can see that it is at work. */
    private static final class Pulse implements Runnable {
        private static final long EVERY_NANOS = 5_000_000_000L;

        private final Path file;
        private long last = System.nanoTime() - EVERY_NANOS;

        Pulse(Path data) {
            file = data.resolve("alive");
        }

        @Override
        public void run() {
            if (System.nanoTime() - last < EVERY_NANOS) {
                return;
            }
            last = System.nanoTime();
            try {
                Files.writeString(file, Instant.now() + "\n");
            } catch (IOException e) {
                // Then it looks dead, which is the worst that can come of it.
            }
        }
    }

    private void say(String what) {
        console.out().println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + what);
        console.out().flush();
    }
}
