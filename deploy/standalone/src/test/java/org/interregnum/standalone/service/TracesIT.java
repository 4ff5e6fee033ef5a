package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.interregnum.agent.BundledAgent;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import org.interregnum.standalone.serve.AgentProcess;
import org.interregnum.standalone.service.OtlpReceiver.Received;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One trace from a run's step through both agents to the calls of a model, as a collector gets it. */
@Tag("thorough")
@Timeout(240)
class TracesIT {
    @TempDir
    private Path folder;

    private final String run = "traced";

    @Test
    void shouldFollowAStepToTheModelCall() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver();
                ScriptedModel model = ScriptedModel.start(ScriptedModelOptions.PLAIN, "127.0.0.1", 0);
                AgentProcess sellers = AgentProcess.start(
                        BundledAgent.SELLER,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                receiver.httpEndpoint(),
                                "OTEL_EXPORTER_OTLP_PROTOCOL",
                                "http/protobuf"),
                        folder.resolve("seller.log"));
                AgentProcess buyers = AgentProcess.start(
                        BundledAgent.BUYER,
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.grpcEndpoint()),
                        folder.resolve("buyer.log"));
                OrchestratorProcess service = OrchestratorProcess.start(
                        folder,
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.grpcEndpoint(), "INTERREGNUM_TRACE_EVERY", "2"),
                        "--seller-agent=" + sellers.address(),
                        "--buyer-agent=" + buyers.address(),
                        "--data=" + folder.resolve("data"))) {
            service.create(
                    "?id=" + run,
                    "{\"J\": 1, \"rho\": 0.8, \"Nt\": 6, \"num-buyers\": 40, \"fig\": false, \"sellers\": \"llm\","
                            + " \"model\": \"any\", \"endpoint\": \"local\", \"base-url\": \"http://127.0.0.1:"
                            + model.port() + "/v1\"}");
            service.awaitState(run, "finished");

            Received ofRun = await(receiver, span -> span.span().getName().equals("run"));
            assertThat(ofRun.attributes()).containsEntry("interregnum.run", run);
            List<Received> steps = all(receiver, "step");
            assertThat(steps)
                    .as("every second step from the first on")
                    .extracting(step -> step.attributes().get("interregnum.step"))
                    .containsExactlyInAnyOrder("1", "3", "5");
            assertThat(steps).allMatch(step -> step.parent().equals(ofRun.id()));

            Received step = steps.get(0);
            Received decision = child(receiver, step, "decide price");
            assertThat(decision.attributes()).containsEntry("gen_ai.request.model", "any");
            String method = "interregnum.agent.v1.SellerAgentService/DecidePrice";
            Received client = child(receiver, decision, method);
            assertThat(client.service()).isEqualTo("market-orchestrator");
            Received server = child(receiver, client, method);
            assertThat(server.service()).isEqualTo("seller-agent");
            assertThat(server.attributes()).containsEntry("rpc.grpc.status_code", "0");
            Received call = await(receiver, span -> span.parent().equals(server.id()));
            assertThat(call.service()).isEqualTo("seller-agent");
            assertThat(call.attributes())
                    .containsEntry("gen_ai.request.model", "any")
                    .containsEntry("gen_ai.response.model", "scripted")
                    .containsKeys("gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens");
            assertThat(call.span().toString())
                    .as("no text of prompts or answers")
                    .doesNotContain("seller number")
                    .doesNotContain("\"price\"");

            Received choosing = child(receiver, step, "choose sellers");
            Received asked = await(receiver, span -> span.parent().equals(choosing.id()));
            Received answered = await(receiver, span -> span.parent().equals(asked.id()));
            assertThat(answered.service()).isEqualTo("buyer-agent");

            List<Received> one = receiver.spans().stream()
                    .filter(span -> span.trace().equals(ofRun.trace()))
                    .toList();
            assertThat(one)
                    .extracting(Received::service)
                    .contains("market-orchestrator", "seller-agent", "buyer-agent");
            assertThat(receiver.spans())
                    .filteredOn(span -> span.service().endsWith("agent"))
                    .as("agents begin no traces, so steps without a span cost none there")
                    .allMatch(span -> span.trace().equals(ofRun.trace()));
        }
    }

    private static Received child(OtlpReceiver receiver, Received parent, String name) throws InterruptedException {
        return await(
                receiver,
                span -> span.parent().equals(parent.id())
                        && span.span().getName().equals(name));
    }

    private static List<Received> all(OtlpReceiver receiver, String name) {
        return receiver.spans().stream()
                .filter(span -> span.span().getName().equals(name))
                .toList();
    }

    private static Received await(OtlpReceiver receiver, Predicate<Received> wanted) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < until) {
            for (Received span : receiver.spans()) {
                if (wanted.test(span)) {
                    return span;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("no such span among " + receiver.spans());
    }
}
