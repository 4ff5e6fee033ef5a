package org.interregnum.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests for Kubernetes as {@code kubectl kustomize} renders them; needs a kubectl that knows components. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ManifestsIT {
    @BeforeAll
    static void requireKustomize() throws IOException, InterruptedException {
        assumeTrue(Commands.has("kubectl"), "kubectl is not installed, so no manifest is rendered");
        String version = Commands.run("kubectl", "version", "--client", "--output=json");
        assumeTrue(
                version.contains("kustomizeVersion"),
                "this kubectl is older than 1.21 and knows no components, so no manifest is rendered");
    }

    static List<String> manifests() throws IOException {
        return RenderedManifests.all();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void shouldRunNothingAsRootAndNothingUnlimited(String name) throws Exception {
        RenderedManifests rendered = RenderedManifests.of(name);
        assertThat(rendered.workloads()).as(name).hasSizeGreaterThanOrEqualTo(3);
        for (JsonNode workload : rendered.workloads()) {
            String where = workload.get("kind").asText() + " "
                    + workload.at("/metadata/name").asText();
            checkPod(where, workload.at("/spec/template/spec"));
        }
    }

    private static void checkPod(String where, JsonNode pod) {
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true))
                .as(where + " has a token of the cluster")
                .isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                .as(where + " runs as other than root")
                .isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt(0))
                .as(where + "'s user")
                .isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                .as(where + "'s system calls")
                .isEqualTo("RuntimeDefault");
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertThat(pod.path(shared).asBoolean()).as(where + ": " + shared).isFalse();
        }
        assertThat(pod.path("volumes").findValues("hostPath"))
                .as(where + "'s folders of the node")
                .isEmpty();
        assertThat(pod.path("containers")).as(where).isNotEmpty();
        for (JsonNode container : pod.path("containers")) {
            checkContainer(where + ": " + container.get("name").asText(), container);
            for (String probe : List.of("readinessProbe", "livenessProbe")) {
                assertThat(container.has(probe)).as(where + ": " + probe).isTrue();
            }
        }
        for (JsonNode container : pod.path("initContainers")) {
            checkContainer(where + ": " + container.get("name").asText(), container);
        }
    }

    private static void checkContainer(String where, JsonNode container) {
        String image = container.get("image").asText();
        assertThat(image).as(where).matches(".+[^/]:[^/]+|.+@sha256:.+").doesNotEndWith(":latest");
        assertThat(Stream.of("/requests/cpu", "/requests/memory", "/limits/memory"))
                .as(where + "'s resources")
                .noneMatch(path -> container.at("/resources" + path).isMissingNode());
        JsonNode security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                .as(where + " may gain privileges")
                .isFalse();
        assertThat(security.path("privileged").asBoolean())
                .as(where + " is privileged")
                .isFalse();
        assertThat(security.at("/capabilities/drop").toString())
                .as(where + "'s capabilities")
                .isEqualTo("[\"ALL\"]");
        assertThat(security.path("runAsUser").asInt(1)).as(where + "'s user").isPositive();
        assertThat(security.path("runAsNonRoot").asBoolean(true))
                .as(where + " runs as other than root")
                .isTrue();
        // Kafka's own image writes its configuration into its folders when it starts.
        assertThat(security.path("readOnlyRootFilesystem").asBoolean() || image.startsWith("apache/kafka:"))
                .as(where + "'s root is read-only")
                .isTrue();
    }
}
