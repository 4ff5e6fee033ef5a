package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.JavaCommand;
import org.interregnum.standalone.Market;
import org.interregnum.standalone.PeakMemory;
import org.interregnum.standalone.recorded.ChatEndpoint;
import org.interregnum.standalone.recorded.ChatEndpoint.Reply;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many questions at once. The endpoint answers nobody until all buyers have asked: a run that asked fewer at once, or in
 * more than two rounds a step, would never end.
 */
@Tag("thorough")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the memory of a process is read off /proc")
@Timeout(240)
class CallsInFlightIT {
    private static final int STEPS = 3;
    private static final long GIBIBYTE_IN_KIB = 1 << 20;
    /** What Java makes of it is what it makes of a container of this size. */
    private static final String MEMORY = "-XX:MaxRAM=1g";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"100,false", "1000,false", "1000,true"})
    void shouldAskEverybodyAtOnceWithinAGibibyte(int buyers, boolean isService) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CyclicBarrier everybody = new CyclicBarrier(buyers, rounds::incrementAndGet);
        try (ChatEndpoint endpoint = ChatEndpoint.startForMany((number, request) -> {
            await(everybody);
            return Reply.saying(
                    request.kind().equals("impression")
                            ? "{\"impression\":\"good\"}"
                            : "{\"reason\":\"\",\"seller\":0}");
        })) {
            if (isService) {
                try (AgentProcess agent = AgentProcess.start(BundledAgent.BUYER, List.of(MEMORY))) {
                    run(buyers, endpoint, "--buyer-target=" + agent.address());
                    assertThat(PeakMemory.kibibytes(agent.pid())).isLessThan(GIBIBYTE_IN_KIB);
                }
            } else {
                run(buyers, endpoint);
            }
            assertThat(endpoint.requests()).hasSize(2 * buyers * STEPS);
        }
        assertThat(rounds).as("rounds of questions").hasValue(2 * STEPS);
    }

    private void run(int buyers, ChatEndpoint endpoint, String... options) throws Exception {
        Path out = directory.resolve("run");
        Path said = directory.resolve("said");
        List<String> command = new ArrayList<>(JavaCommand.line());
        command.addAll(List.of(MEMORY, Market.class.getName(), "run", "--J=1", "--rho=0.8", "--no-fig", "--quiet"));
        command.addAll(List.of("--Nt=" + (STEPS + 1), "--num-buyers=" + buyers, "--out=" + out));
        command.addAll(List.of("--buyers=llm", "--model=patient", "--llm-activation=every-step"));
        command.addAll(List.of("--in-flight=" + buyers, "--base_url=" + endpoint.url("v1")));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        long most = 0;
        try {
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, PeakMemory.kibibytes(process.pid()));
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        assertThat(most).isPositive().isLessThan(GIBIBYTE_IN_KIB);
    }

    private static void await(CyclicBarrier everybody) {
        try {
            everybody.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("not everybody asked", e);
        }
    }
}
