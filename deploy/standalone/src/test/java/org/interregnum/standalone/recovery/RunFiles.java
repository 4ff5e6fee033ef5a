package org.interregnum.standalone.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.event.EventSource;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.standalone.kafka.PlainReader;
import org.interregnum.standalone.recorded.NumpyFile;

/** What a run has left in its directory. */
record RunFiles(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One decision of a market: of which step, of what kind, and whose. */
    record Key(long step, String kind, int subject) {}

    /** The bytes of all arrays by name, as text. */
    Map<String, String> arrays() throws IOException {
        return NumpyFile.arrays(Files.readAllBytes(RunDirectory.of(path).arrays()));
    }

    /** The steps in the log, in its order. */
    List<Long> steps() throws IOException {
        List<Long> steps = new ArrayList<>();
        try (EventSource reader = log()) {
            for (MarketEvent event = reader.next(); event != null; event = reader.next()) {
                if (event instanceof StepTaken step) {
                    steps.add(step.step());
                }
            }
        }
        return steps;
    }

    private EventSource log() throws IOException {
        RunDirectory directory = RunDirectory.of(path);
        if (Files.exists(directory.eventLog())) {
            return new FileEventLogReader(directory.eventLog());
        }
        JsonNode log = manifest().get("log");
        PlainReader.awaitDecided(log.get("kafka").textValue(), "market.steps");
        return KafkaEventLogReader.open(
                new KafkaConnection(log.get("kafka").textValue()),
                log.get("run").textValue());
    }

    /** The whole lines of what the models decided. */
    List<JsonNode> decisions() throws IOException {
        return lines(false);
    }

    /** The whole lines of questions that came to nothing, because nobody was left to hear the answer. */
    List<JsonNode> givenUp() throws IOException {
        return lines(true);
    }

    private List<JsonNode> lines(boolean isGivenUp) throws IOException {
        String text = Files.readString(RunDirectory.of(path).decisions());
        List<JsonNode> decisions = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            JsonNode decision = JSON.readTree(line);
            if (decision.get("outcome").textValue().equals("undecided") == isGivenUp) {
                decisions.add(decision);
            }
        }
        return decisions;
    }

    JsonNode manifest() throws IOException {
        return JSON.readTree(RunDirectory.of(path).manifest().toFile());
    }

    static Key key(JsonNode decision) {
        String kind = decision.get("kind").textValue();
        return new Key(
                decision.get("step").longValue(),
                kind,
                decision.get(kind.equals("price") ? "seller" : "buyer").intValue());
    }

    /** The question that a decision answers. */
    static String question(JsonNode decision) {
        JsonNode prompt = decision.get("prompt");
        return prompt.get(prompt.size() - 1).get("content").textValue();
    }
}
