package org.interregnum.standalone.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code kubectl kustomize} makes of the manifests; left in {@code target/manifests} for other checks. */
record RenderedManifests(String name, List<JsonNode> objects) {
    private static final Path MANIFESTS = Path.of("../kubernetes");
    private static final Path RENDERED = Path.of("target/manifests");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Job");

    /** The base, every overlay, and every component on top of the base. */
    static List<String> all() throws IOException {
        try (Stream<Path> overlays = Files.list(MANIFESTS.resolve("overlays"));
                Stream<Path> components = Files.list(MANIFESTS.resolve("components"))) {
            return Stream.concat(Stream.of(MANIFESTS.resolve("base")), Stream.concat(overlays, components))
                    .filter(Files::isDirectory)
                    .map(folder -> MANIFESTS.relativize(folder).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Renders one of them. */
    static RenderedManifests of(String name) throws IOException, InterruptedException {
        Path folder = name.startsWith("components/") ? onBase(name) : MANIFESTS.resolve(name);
        String text = Commands.run(
                "kubectl", "kustomize", folder.toAbsolutePath().normalize().toString());
        Files.createDirectories(RENDERED);
        Files.writeString(RENDERED.resolve(name.replace('/', '-') + ".yaml"), text);
        Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(text);
        return new RenderedManifests(
                name,
                StreamSupport.stream(documents.spliterator(), false)
                        .map(document -> (JsonNode) JSON.valueToTree(document))
                        .toList());
    }

    /** A folder that adds the component {@code sweep-workers} to what a cluster has, with little of its processors. */
    static String sweepWorkersAlone() throws IOException {
        return kustomization("sweep-workers-alone", """
                components: [%s/components/sweep-workers]
                patches:
                  - target: {kind: Deployment, name: sweep-worker}
                    patch: |
                      - {op: replace, path: /spec/template/spec/containers/0/resources/requests/cpu, value: 100m}
                """)
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    private static Path onBase(String component) throws IOException {
        return kustomization(component, """
                resources: [%1$s/base]
                components: [%1$s/COMPONENT]
                """.replace("COMPONENT", component));
    }

    /** @param text what it has besides its heading, with {@code %s} where the path of the manifests is to be */
    private static Path kustomization(String name, String text) throws IOException {
        Path folder = Files.createDirectories(RENDERED.resolve(name));
        Path manifests =
                folder.toAbsolutePath().relativize(MANIFESTS.toAbsolutePath().normalize());
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: interregnum
                """ + text.formatted(manifests));
        return folder;
    }

    /** All that start pods. */
    List<JsonNode> workloads() {
        return objects.stream()
                .filter(object -> WITH_PODS.contains(object.get("kind").asText()))
                .toList();
    }
}
