package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;

/** The command in a process of its own, speaking to a service. */
final class RemoteMarketProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private RemoteMarketProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static RemoteMarketProcess start(Path folder, OrchestratorProcess service, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.add(Market.class.getName());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "command", ".out");
        Path err = Files.createTempFile(folder, "command", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("INTERREGNUM_SERVER", service.url());
        return new RemoteMarketProcess(builder.start(), out, err);
    }

    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits for its end, and returns its exit code. */
    int await() throws IOException, InterruptedException {
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(err()).isTrue();
        return process.exitValue();
    }

    /** Waits until it has said something on standard output. */
    void awaitOutput() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (Files.size(out) == 0) {
            assertThat(process.isAlive() && System.nanoTime() < until).as(err()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
