package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.kafka.TestBroker;
import org.interregnum.standalone.serve.AgentProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which agents a service accepts, and that it remembers them. */
@Tag("thorough")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class AgentRegistryIT {
    private static final String MARKET = "{\"J\": 1, \"rho\": 0.8, \"Nt\": 2000, \"num-buyers\": 100, \"fig\": false}";

    private static AgentProcess sellers;
    private static AgentProcess buyers;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startAgents() throws IOException {
        sellers = AgentProcess.start(BundledAgent.SELLER);
        buyers = AgentProcess.start(BundledAgent.BUYER);
    }

    @AfterAll
    static void stopAgents() {
        sellers.close();
        buyers.close();
    }

    private OrchestratorProcess start(Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("--seller-agent=" + sellers.address(), "--buyer-agent=" + buyers.address()));
        all.addAll(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith("--data="))) {
            all.add("--data=" + folder.resolve("data"));
        }
        return OrchestratorProcess.start(folder, environment, all.toArray(String[]::new));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String detail) {
        assertThat(response.body()).contains(detail);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void shouldRefuseWhatCannotDecide() throws Exception {
        try (StrangeAgents strange = new StrangeAgents();
                OrchestratorProcess service = start(Map.of())) {
            AgentCalls calls = new AgentCalls(service);

            assertRefused(
                    calls.tryToRegister(AgentCalls.body("away", "seller", "127.0.0.1:1")),
                    502,
                    "nothing listens there");
            strange.say(ServingStatus.NOT_SERVING);
            assertRefused(
                    calls.tryToRegister(AgentCalls.body("ill", "seller", strange.address())),
                    502,
                    "says of its health: NOT_SERVING");
            strange.say(ServingStatus.SERVING);
            assertRefused(
                    calls.tryToRegister(AgentCalls.body("other", "buyer", sellers.address())), 422, "serves no buyers");
            assertRefused(
                    calls.tryToRegister(AgentCalls.body("odd", "seller", strange.address(), "\"strategy\": \"rule\"")),
                    422,
                    "does not offer the strategy 'rule'; it offers: whim");
            assertRefused(
                    calls.tryToRegister(
                            AgentCalls.body("model", "seller", strange.address(), "\"model\": {\"model\": \"some\"}")),
                    422,
                    "does not offer the strategy 'llm'");
            for (var agent : Map.of("seller", sellers.address(), "buyer", buyers.address())
                    .entrySet()) {
                assertRefused(
                        calls.tryToRegister(AgentCalls.body(
                                "forbidden",
                                agent.getKey(),
                                agent.getValue(),
                                "\"model\": {\"model\": \"some\", \"base-url\": \"http://192.0.2.1/v1\"}")),
                        422,
                        "this agent may not ask at the model.base_url 'http://192.0.2.1/v1'");
                assertRefused(
                        calls.tryToRegister(AgentCalls.body(
                                "unheard",
                                agent.getKey(),
                                agent.getValue(),
                                "\"model\": {\"model\": \"some\", \"prompt\": \"unheard-of\"}")),
                        422,
                        "unheard-of");
            }
            assertRefused(
                    calls.tryToRegister(AgentCalls.body("far", "seller", "169.254.169.254:80")),
                    403,
                    "not among those that INTERREGNUM_AGENT_ADDRESSES allows");
            assertThat(service.said()).contains("refused POST /api/v1/agents from 127.0.0.1");
            assertRefused(
                    calls.tryToRegister(AgentCalls.body("default-seller", "seller", sellers.address())),
                    409,
                    "already");
            calls.register("taken", "seller", sellers.address());
            assertRefused(calls.tryToRegister(AgentCalls.body("taken", "seller", sellers.address())), 409, "already");
            for (String bad : List.of(
                    "",
                    "{",
                    "[]",
                    "{\"name\": \"a\"}",
                    AgentCalls.body("../a", "seller", sellers.address()),
                    AgentCalls.body("a", "broker", sellers.address()),
                    AgentCalls.body("a", "seller", "nowhere"),
                    AgentCalls.body("a", "seller", sellers.address(), "\"colour\": 1"),
                    AgentCalls.body("a", "seller", sellers.address(), "\"strategy\": \"llm\""),
                    AgentCalls.body("a", "seller", sellers.address(), "\"model\": \"gpt\""),
                    AgentCalls.body("a", "seller", sellers.address(), "\"model\": {}"),
                    AgentCalls.body("a", "seller", sellers.address(), "\"model\": {\"model\": \"m\", \"ratio\": 1}"),
                    AgentCalls.body("a", "seller", sellers.address(), "\"model\": {\"model\": \"m\", \"api-key\": 1}"),
                    AgentCalls.body(
                            "a",
                            "seller",
                            sellers.address(),
                            "\"strategy\": \"rule\"",
                            "\"model\": {\"model\": \"m\"}"))) {
                assertRefused(calls.tryToRegister(bad), 400, "\"detail\"");
            }
            assertThat(calls.agents())
                    .extracting(agent -> agent.get("name").asText())
                    .containsExactly("default-buyer", "default-seller", "taken");
        }
    }

    @Test
    void shouldRefuseAssignmentsThatCannotBe() throws Exception {
        try (StrangeAgents strange = new StrangeAgents();
                OrchestratorProcess service = start(Map.of())) {
            AgentCalls calls = new AgentCalls(service);
            calls.register("one", "seller", sellers.address());
            calls.register("ill", "seller", strange.address());
            service.create("?id=run&paused=true", MARKET);
            service.awaitState("run", "paused");

            for (String bad : List.of(
                    "{\"agent\": \"one\"}",
                    "{\"agent\": \"one\", \"sellers\": \"all\", \"buyers\": \"all\"}",
                    "{\"sellers\": \"all\"}",
                    "{\"agent\": \"one\", \"sellers\": \"10\"}",
                    "{\"agent\": \"one\", \"sellers\": \"4-2\"}",
                    "{\"agent\": \"one\", \"sellers\": \"-1\"}",
                    "{\"agent\": \"one\", \"sellers\": \"some\"}",
                    "{\"agent\": \"one\", \"sellers\": 1.5}",
                    "{\"agent\": \"one\", \"buyers\": \"all\"}",
                    "{\"agent\": \"default-buyer\", \"buyers\": \"0-100\"}",
                    "{\"agent\": \"default-buyer\", \"buyers\": \"no-such-cohort\"}",
                    "{\"agent\": \"one\", \"sellers\": \"all\", \"on-failure\": \"hope\"}")) {
                assertRefused(calls.tryToAssign("run", bad), 400, "\"detail\"");
            }
            assertRefused(
                    calls.tryToAssign("run", "{\"agent\": \"none\", \"sellers\": \"all\"}"), 404, "no agent none");
            assertRefused(calls.tryToAssign("no", "{\"agent\": \"one\", \"sellers\": \"all\"}"), 404, "no run no");
            strange.say(ServingStatus.NOT_SERVING);
            assertRefused(calls.tryToAssign("run", "{\"agent\": \"ill\", \"sellers\": \"all\"}"), 502, "its health");
            HttpResponse<String> checked = service.post("/api/v1/agents/ill/check", "");
            assertThat(checked.statusCode()).isEqualTo(200);
            assertThat(checked.body()).contains("\"health\":\"failing\"").contains("NOT_SERVING");
            assertThat(calls.assignments("run")).hasSize(2);
            assertThat(calls.assignments("run").get(0).get("agent").asText()).isEqualTo("default-seller");
        }
    }

    @Test
    void shouldNotLetGoOfAnAgentThatDecides() throws Exception {
        try (OrchestratorProcess service = start(Map.of())) {
            AgentCalls calls = new AgentCalls(service);
            calls.register("one", "seller", sellers.address());
            service.create("?id=run&paused=true", MARKET);
            service.awaitState("run", "paused");
            JsonNode assigned = calls.assign("run", "one", "\"sellers\": \"2-3\"");
            assertThat(assigned)
                    .extracting(each -> each.path("sellers").asText()
                            + each.path("buyers").asText() + " "
                            + each.get("agent").asText() + " "
                            + each.get("since").asLong())
                    .containsExactly(
                            "0-1 default-seller 1", "2-3 one 1", "4-9 default-seller 1", "all default-buyer 1");

            assertRefused(calls.remove("one"), 409, "not finished: run");
            assertRefused(calls.remove("default-seller"), 409, "the service's own");
            assertRefused(calls.remove("none"), 404, "no agent none");
        }
        // Nothing is forgotten by a restart, neither the agent nor who decides.
        try (OrchestratorProcess service = start(Map.of())) {
            AgentCalls calls = new AgentCalls(service);
            service.awaitState("run", "paused");
            assertThat(calls.assignments("run").get(1).get("agent").asText()).isEqualTo("one");
            assertRefused(calls.remove("one"), 409, "not finished: run");
            service.act("run", "resume");
            service.awaitState("run", "finished");
            assertThat(calls.remove("one").statusCode()).isEqualTo(204);
            assertThat(service.get("/api/v1/agents/one").statusCode()).isEqualTo(404);
        }
        try (OrchestratorProcess service = start(Map.of())) {
            assertThat(new AgentCalls(service).agents()).hasSize(2);
        }
    }

    @Test
    void shouldKnowItsAgentsFromKafkaAlone() throws Exception {
        String broker = TestBroker.get().address();
        Map<String, String> environment = Map.of("INTERREGNUM_ORCHESTRATOR", "tester-" + UUID.randomUUID());
        String run = "swapped-" + UUID.randomUUID();
        OrchestratorProcess first = start(environment, "--kafka=" + broker);
        AgentCalls calls = new AgentCalls(first);
        calls.register("one", "seller", sellers.address());
        calls.register(
                "asking",
                "buyer",
                buyers.address(),
                "\"model\": {\"model\": \"some\", \"temperature\": 0.5, \"price-input\": 1, \"price-output\": 2}");
        calls.register("gone", "seller", sellers.address());
        assertThat(calls.remove("gone").statusCode()).isEqualTo(204);
        first.create("?id=" + run, MARKET);
        first.awaitStep(run, 20);
        calls.assign(run, "one", "\"sellers\": \"all\"");
        first.kill();

        try (OrchestratorProcess second =
                start(environment, "--kafka=" + broker, "--data=" + folder.resolve("elsewhere"))) {
            AgentCalls again = new AgentCalls(second);
            assertThat(again.agents())
                    .extracting(agent -> agent.get("name").asText())
                    .containsExactly("asking", "default-buyer", "default-seller", "one");
            assertThat(again.agents().get(0).get("model").asText()).isEqualTo("some");
            assertThat(again.assignments(run).get(0).get("agent").asText()).isEqualTo("one");
            second.awaitState(run, "finished");
        }
        try (OrchestratorProcess others = start(Map.of(), "--kafka=" + broker, "--data=" + folder.resolve("others"))) {
            assertThat(new AgentCalls(others).agents()).as("another service's").hasSize(2);
        }
    }

    @Test
    void shouldAskAgentsOnlyWhereTheyMayBe() throws Exception {
        Map<String, String> environment = Map.of(
                "INTERREGNUM_AGENT_ADDRESSES",
                "*.agents.svc:9001,127.0.0.1:" + buyers.address().port());
        try (StrangeAgents strange = new StrangeAgents();
                OrchestratorProcess service = start(environment)) {
            AgentCalls calls = new AgentCalls(service);
            assertRefused(
                    calls.tryToRegister(AgentCalls.body("strange", "seller", strange.address())),
                    403,
                    "not among those");
            // The service's own are allowed in any case.
            calls.register("same", "seller", sellers.address());
            assertRefused(
                    service.post(
                            "/api/v1/runs", MARKET.replace("{", "{\"seller-target\": \"" + strange.address() + "\", ")),
                    403,
                    "not among those");
            assertRefused(
                    service.post(
                            "/api/v1/runs",
                            MARKET.replace(
                                    "{",
                                    "{\"buyers\": [{\"model\": \"m\", \"agent\": \"" + strange.address() + "\"}], ")),
                    403,
                    "not among those");
        }
    }
}
