package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a service is asked for: a run file, with options in place of what it says. Values stay as they were written, as
 * texts; to whoever reads a run file that is the same.
 */
final class RemoteRequest {
    private static final String MODELS = "llm";

    private final ObjectNode body;

    private RemoteRequest(ObjectNode body) {
        this.body = body;
    }

    /** A request by a run file, which is known to be one; an empty text is none. */
    static RemoteRequest of(String runFile) {
        Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(runFile);
        JsonNode json = root.map(RemoteRequest::json).orElseGet(JsonNodeFactory.instance::objectNode);
        return new RemoteRequest((ObjectNode) json);
    }

    private static JsonNode json(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                object.set(((ScalarNode) entry.getKeyNode()).getValue(), json(entry.getValueNode()));
            }
            return object;
        }
        if (node instanceof SequenceNode list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.getValue().forEach(entry -> array.add(json(entry)));
            return array;
        }
        return JsonNodeFactory.instance.textNode(((ScalarNode) node).getValue());
    }

    /** The same with options, which win. */
    RemoteRequest with(Map<Setting, Given> options) {
        Map<Setting, Given> later = new EnumMap<>(options);
        // That models decide is said by a list of them too.
        later.entrySet()
                .removeIf(option -> option.getValue().text().equals(MODELS)
                        && body.path(key(option.getKey())).isArray());
        Setting.replacedBy(later.keySet()).forEach(this::remove);
        later.forEach((setting, value) -> body.put(key(setting), value.text()));
        return this;
    }

    /** The same without settings. */
    RemoteRequest without(Setting... settings) {
        for (Setting setting : settings) {
            remove(setting);
        }
        return this;
    }

    private void remove(Setting setting) {
        List<String> keys =
                setting.names().stream().map(name -> name.substring(2)).toList();
        List<String> there = new ArrayList<>();
        body.fieldNames().forEachRemaining(there::add);
        there.stream()
                .filter(key -> keys.contains(key.replace('_', '-')) || keys.contains(key))
                .forEach(body::remove);
    }

    private static String key(Setting setting) {
        return setting.firstName().substring(2);
    }

    /** What to send. */
    String json() {
        return body.toString();
    }
}
