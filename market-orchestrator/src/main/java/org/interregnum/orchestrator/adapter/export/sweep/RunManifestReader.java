package org.interregnum.orchestrator.adapter.export.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.interregnum.orchestrator.adapter.export.RunManifestFile;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;

/** Reads of a run's {@code run.json} what a sweep's table has of it. */
final class RunManifestReader {
    static final String NAME = "run.json";

    private static final List<String> DECIDING =
            List.of("temperature", "provider", "prompt", "structured", "max_output_tokens");

    private RunManifestReader() {}

    /** @throws SweepUnreadableException when it cannot be read, or is no manifest of a run */
    static SweptRun read(Path directory) {
        Path path = directory.resolve(NAME);
        JsonNode root;
        try {
            root = RunManifestFile.read(path);
        } catch (EventLogException e) {
            throw new SweepUnreadableException(e.getMessage());
        }
        JsonNode spec = root.path("spec");
        if (!spec.path("seed").isIntegralNumber() || !spec.path("J").isNumber()) {
            throw new SweepUnreadableException(path + " is no manifest of a run");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        spec.properties().forEach(field -> {
            if (!field.getKey().equals("seed")) {
                settings.put(
                        field.getKey().replace('_', '-'),
                        SettingValue.canonical(field.getValue().asText()));
            }
        });
        JsonNode assignment = root.path("model_assignment");
        for (String side : List.of("sellers", "buyers")) {
            putAgents(settings, side, assignment.path(side), spec.path("num_" + side));
        }
        if (!assignment.path("buyers").isEmpty()) {
            settings.put("activation", assignment.path("activation").asText());
        }
        boolean finished = root.path("status").asText().equals(RunsTable.word(RunStatus.FINISHED));
        double[] values = new double[Measure.values().length];
        for (Measure measure : Measure.values()) {
            values[measure.place()] =
                    root.path("order_parameters").path(measure.column()).asDouble(Double.NaN);
        }
        Regime regime = Arrays.stream(Regime.values())
                .filter(known ->
                        RunsTable.word(known).equals(root.path("regime").asText()))
                .findFirst()
                .orElse(null);
        return new SweptRun(settings, spec.path("seed").asLong(), finished, regime, values);
    }

    /** Who decides, and all that may change what a model decides; where it is and how long it is waited for do not count. */
    private static void putAgents(Map<String, String> settings, String side, JsonNode groups, JsonNode all) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode model : groups) {
            String told = model.path("information").asText("");
            names.add(model.path("model").asText() + (told.isEmpty() ? "" : " told " + told));
        }
        settings.put(side, names.isEmpty() ? "rule" : String.join(" and ", names));
        if (names.isEmpty()) {
            return;
        }
        List<String> who = new ArrayList<>();
        for (JsonNode group : groups) {
            who.add(
                    group.has("first")
                            ? group.path("first").asText() + "-"
                                    + group.path("last").asText()
                            : SettingValue.rounded(group.path("buyers").size() / all.asDouble(1)));
        }
        settings.put(side.equals("buyers") ? "ratio" : "range", String.join(" and ", who));
        for (String field : DECIDING) {
            List<String> values = new ArrayList<>();
            for (JsonNode group : groups) {
                values.add(SettingValue.canonical(
                        group.path(field).isNull()
                                ? "the server's"
                                : group.path(field).asText()));
            }
            boolean isSame = values.stream().distinct().count() == 1;
            settings.put(side + " " + field.replace('_', '-'), isSame ? values.get(0) : String.join(" and ", values));
        }
    }
}
