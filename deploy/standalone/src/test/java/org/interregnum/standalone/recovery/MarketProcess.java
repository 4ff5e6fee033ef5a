package org.interregnum.standalone.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;

/** The command in a process of its own, which can be killed. */
final class MarketProcess implements AutoCloseable {
    private final Process process;
    private final Path err;
    private final long startedAt = System.currentTimeMillis();

    private MarketProcess(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    /**
     * Starts it.
     *
     * @param err file for what it says on standard error
     */
    static MarketProcess start(Path err, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add(Market.class.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        return new MarketProcess(process, err);
    }

    /** When it was started, by the clock of the machine. */
    long startedAt() {
        return startedAt;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("killed").isTrue();
    }

    /** Sends it a signal, such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Its exit code, when it has ended by itself. */
    int await(int seconds) throws InterruptedException {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }

    /** The lines that it has said on standard error. */
    List<String> err() throws IOException {
        return Files.readAllLines(err);
    }

    /** Whatever a test comes to, nothing goes on. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
