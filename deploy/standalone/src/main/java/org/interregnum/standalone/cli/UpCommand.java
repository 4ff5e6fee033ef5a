package org.interregnum.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.standalone.serve.KafkaProcess;
import picocli.CommandLine.ParseResult;

/** {@code market up kafka}: a Kafka of one node beside this process, until that is stopped. */
final class UpCommand {
    static final String DATA = "--data";
    static final int DEFAULT_PORT = 9092;

    private static final Duration START = Duration.ofSeconds(60);

    private final Console console;

    UpCommand(Console console) {
        this.console = console;
    }

    int execute(ParseResult result) {
        int port = ServeCommand.port(result.matchedOptionValue(CommandLines.PORT, Integer.toString(DEFAULT_PORT)));
        Path data = data(result.matchedOptionValue(DATA, defaultData().toString()));
        Path libraries = KafkaProcess.builtLibraries();
        if (!Files.isRegularFile(libraries.resolve("broker.jar"))) {
            throw new BadInputException("Kafka is not built: there is no " + libraries.resolve("broker.jar"));
        }
        ServeCommand.requireFree(KafkaProcess.HOST, port);
        try (KafkaProcess kafka = KafkaProcess.start(libraries, data, port)) {
            return serve(kafka, data);
        } catch (IOException e) {
            throw BadInputException.about(DATA, data.toString(), "cannot be written; must be a directory");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
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
            throw BadInputException.about(DATA, text, "must be a directory");
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
