package org.interregnum.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceApplicationIT {
    @TempDir
    Path empty;

    @Test
    void shouldSayNothingButWhereItListensAndEndWhenTold() throws Exception {
        try (AgentProcess agent = AgentProcess.start(SELLER)) {
            // By its handle: the process itself would close what it says along with it.
            agent.process().toHandle().destroy();
            assertThat(agent.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.process().children()).isEmpty();
            assertThat(agent.process().inputReader().readLine()).isNull();
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process agent = AgentProcess.launch(BUYER, taken.getLocalPort(), Path.of("../.."));
            assertThat(said(agent))
                    .hasLineCount(1)
                    .startsWith("buyer agent cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already");
            assertThat(agent.waitFor()).isEqualTo(2);
        }
    }

    @Test
    void shouldSayThatAnAgentIsNotBuilt() throws Exception {
        Process agent = AgentProcess.launch(SELLER, AgentProcess.freePort(), empty);
        assertThat(said(agent)).hasLineCount(1).startsWith("the seller agent is not built: there is no ");
        assertThat(agent.waitFor()).isEqualTo(2);
    }

    private static String said(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
