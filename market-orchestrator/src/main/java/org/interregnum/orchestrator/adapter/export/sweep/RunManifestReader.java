package org.interregnum.orchestrator.adapter.export.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.interregnum.orchestrator.adapter.export.RunManifestFile;
import org.interregnum.orchestrator.analysis.Regime;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.RunStatus;

/** Reads of a run's {@code run.json} what a sweep's table has of it. */
final class RunManifestReader {
    static final String NAME = "run.json";

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
        settings.put("sellers", agents(root.path("model_assignment").path("sellers")));
        settings.put("buyers", agents(root.path("model_assignment").path("buyers")));
        boolean finished = root.path("status").asText().equals(RunsTable.word(RunStatus.FINISHED));
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(
                    measure,
                    root.path("order_parameters").path(measure.column()).asDouble(Double.NaN));
        }
        Regime regime = Arrays.stream(Regime.values())
                .filter(known ->
                        RunsTable.word(known).equals(root.path("regime").asText()))
                .findFirst()
                .orElse(null);
        return new SweptRun(settings, spec.path("seed").asLong(), finished, regime, values);
    }

    private static String agents(JsonNode models) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode model : models) {
            String told = model.path("information").asText("");
            names.add(model.path("model").asText() + (told.isEmpty() ? "" : " told " + told));
        }
        return names.isEmpty() ? "rule" : String.join(" and ", names);
    }
}
