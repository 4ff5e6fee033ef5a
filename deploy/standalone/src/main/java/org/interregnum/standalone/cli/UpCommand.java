package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.standalone.serve.KafkaProcess;
import org.interregnum.standalone.serve.ServiceProcess;
import picocli.CommandLine.ParseResult;

/**
 * {@code market up}: a Kafka of one node and the three services beside this process, or Kafka alone, until this process is
 * stopped.
 */
final class UpCommand {
    static final int DEFAULT_PORT = 9092;

    /** What is started, in this order: each needs those before it. */
    enum Part {
        KAFKA("Kafka", "--kafka-port", DEFAULT_PORT),
        SELLER("seller agent", "--seller-port", BundledAgent.SELLER.defaultPort()),
        BUYER("buyer agent", "--buyer-port", BundledAgent.BUYER.defaultPort()),
        ORCHESTRATOR("orchestrator", "--port", ServeCommand.ORCHESTRATOR_PORT);

        private final String words;
        private final String option;
        private final int port;

        Part(String words, String option, int port) {
            this.words = words;
            this.option = option;
            this.port = port;
        }

        String inWords() {
            return words;
        }

        String portOption() {
            return option;
        }

        int defaultPort() {
            return port;
        }
    }

    private static final Duration START = Duration.ofSeconds(60);

    private final Console console;

    UpCommand(Console console) {
        this.console = console;
    }

    int execute(ParseResult result) {
        int port = ServeCommand.port(result.matchedOptionValue(CommandLines.PORT, Integer.toString(DEFAULT_PORT)));
        Path data =
                data(result.matchedOptionValue(CommandLines.DATA, defaultData().toString()));
        Path libraries = KafkaProcess.builtLibraries();
        requireBroker();
        ServeCommand.requireFree(KafkaProcess.HOST, port);
        try (KafkaProcess kafka = KafkaProcess.start(libraries, data, port)) {
            return serve(kafka, data);
        } catch (IOException e) {
            throw BadInputException.about(CommandLines.DATA, data.toString(), "cannot be written; must be a directory");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    /** Starts everything, each part when those that it needs are there, and ends with the first that ends. */
    int executeAll(ParseResult result) {
        Map<Part, Integer> ports = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            String option = part.portOption();
            String text = result.matchedOptionValue(option, Integer.toString(part.defaultPort()));
            ports.put(part, ServeCommand.port(option, text));
        }
        Path data = data(result.matchedOptionValue(
                CommandLines.DATA, defaultData().getParent().toString()));
        requireBroker();
        ports.forEach((part, port) -> ServeCommand.requireFree(part.portOption(), KafkaProcess.HOST, port));
        try {
            Files.createDirectories(data);
            return runAll(ports, data);
        } catch (IOException e) {
            throw BadInputException.about(CommandLines.DATA, data.toString(), "cannot be written; must be a directory");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private int runAll(Map<Part, Integer> ports, Path data) throws IOException, InterruptedException {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        Map<Part, Process> processes = new EnumMap<>(Part.class);
        try {
            KafkaProcess kafka =
                    KafkaProcess.start(KafkaProcess.builtLibraries(), data.resolve("kafka"), ports.get(Part.KAFKA));
            started.push(kafka);
            if (!kafka.awaitAnswer(START)) {
                return failed(Part.KAFKA, kafka.lastWords(), kafka.log());
            }
            processes.put(Part.KAFKA, kafka.process());
            say(Part.KAFKA, kafka.address(), kafka.log());
            for (Part part : List.of(Part.SELLER, Part.BUYER, Part.ORCHESTRATOR)) {
                Path log = data.resolve(part.inWords().replace(' ', '-') + ".log");
                ServiceProcess service = ServiceProcess.start(arguments(part, ports, data), log);
                started.push(service);
                if (!service.awaitListening(START)) {
                    return failed(part, service.lastWords(), log);
                }
                processes.put(part, service.process());
                say(part, (part == Part.ORCHESTRATOR ? "http://" : "") + address(part, ports), log);
            }
            console.out()
                    .println("Ctrl-C stops them all; runs are kept in " + data.resolve("runs")
                            + ", their events in Kafka");
            console.out().flush();
            return awaitFirst(processes);
        } finally {
            // The latest first: whoever needs others goes before them.
            started.forEach(UpCommand::close);
        }
    }

    private static List<String> arguments(Part part, Map<Part, Integer> ports, Path data) {
        String port = Integer.toString(ports.get(part));
        return switch (part) {
            case KAFKA -> throw new IllegalArgumentException("Kafka is no service of ours");
            case SELLER -> List.of("seller", CommandLines.PORT, port);
            case BUYER -> List.of("buyer", CommandLines.PORT, port);
            case ORCHESTRATOR ->
                List.of(
                        "orchestrator",
                        CommandLines.PORT,
                        port,
                        CommandLines.DATA,
                        data.resolve("runs").toString(),
                        Setting.KAFKA.firstName(),
                        address(Part.KAFKA, ports),
                        CommandLines.SELLER_AGENT,
                        address(Part.SELLER, ports),
                        CommandLines.BUYER_AGENT,
                        address(Part.BUYER, ports));
        };
    }

    private static String address(Part part, Map<Part, Integer> ports) {
        return KafkaProcess.HOST + ":" + ports.get(part);
    }

    private void say(Part part, String address, Path log) {
        console.out()
                .println(String.format(Locale.ROOT, "%-12s listens on %s, logs to %s", part.inWords(), address, log));
        console.out().flush();
    }

    private int failed(Part part, String lastWords, Path log) {
        console.err()
                .println("market up: the " + part.inWords() + " does not start"
                        + (lastWords.isEmpty() ? "" : ": " + lastWords) + "; see " + log);
        return ExitCode.FAULT;
    }

    private int awaitFirst(Map<Part, Process> processes) throws InterruptedException {
        CompletableFuture<?>[] ends =
                processes.values().stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
        Object unused = CompletableFuture.anyOf(ends).join();
        processes.forEach((part, process) -> {
            if (!process.isAlive()) {
                console.err()
                        .println("market up: the " + part.inWords() + " has ended with exit code " + process.exitValue()
                                + "; the others are stopped");
            }
        });
        return ExitCode.FAULT;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireBroker() {
        Path libraries = KafkaProcess.builtLibraries();
        if (!Files.isRegularFile(libraries.resolve("broker.jar"))) {
            throw new BadInputException("Kafka is not built: there is no " + libraries.resolve("broker.jar"));
        }
    }

    private int serve(KafkaProcess kafka, Path data) throws InterruptedException {
        if (!kafka.awaitAnswer(START)) {
            console.err()
                    .println("market up kafka: Kafka does not start"
                            + (kafka.lastWords().isEmpty() ? "" : ": " + kafka.lastWords()) + "; see " + kafka.log());
            return ExitCode.FAULT;
        }
        console.out()
                .println("Kafka listens on " + kafka.address() + ", keeps its data in " + data + ", logs to "
                        + kafka.log());
        console.out().println("Ctrl-C stops it; 'market run ... --kafka " + kafka.address() + "' writes to it");
        console.out().flush();
        // Until a signal ends this process, and with it Kafka; or Kafka ends by itself.
        int exitCode = kafka.process().waitFor();
        console.err().println("market up kafka: Kafka has ended with exit code " + exitCode + "; see " + kafka.log());
        return ExitCode.FAULT;
    }

    private static Path data(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw BadInputException.about(CommandLines.DATA, text, "must be a directory");
        }
    }

    /** Where the system's users keep data of programs, so that a broker finds its runs from wherever it is started. */
    static Path defaultData() {
        String data = System.getenv("XDG_DATA_HOME");
        Path folder = data == null || data.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(data);
        return folder.resolve("interregnum").resolve("kafka");
    }
}
