package org.interregnum.orchestrator.adapter.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * The questions that were sent to models, a line of JSON each, written before they are sent: what was asked and has no
 * line in the file of decisions was under way when the process ended. An amount without a limit is null.
 */
final class FileAskedQuestions implements AutoCloseable {
    private static final int FORMAT_VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper READER = new JsonMapper();

    private final Path path;
    private final RandomAccessFile file;

    private FileAskedQuestions(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** The file that belongs to a file of decisions. */
    static Path beside(Path decisions) {
        return decisions.resolveSibling("asked.jsonl");
    }

    /** Starts the file, or goes on with it; a last line that was cut off is removed, since nothing was asked then. */
    static FileAskedQuestions open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            long end = WholeLines.end(file);
            file.setLength(end);
            file.seek(end);
            return new FileAskedQuestions(path, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    void add(AskedQuestion question) {
        try {
            byte[] line = line(question);
            file.write(line, 0, line.length);
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    private static byte[] line(AskedQuestion question) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("format_version", FORMAT_VERSION);
            json.writeNumberField("step", question.step());
            json.writeStringField("kind", question.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("subject", question.subject());
            Allowance allowance = question.allowance();
            writeLimit(json, "calls", allowance.calls());
            writeLimit(json, "tokens", allowance.tokens());
            if (Double.isFinite(allowance.cost())) {
                json.writeNumberField("cost", allowance.cost());
            } else {
                json.writeNullField("cost");
            }
            json.flush();
            JsonChecksum.write(json, line.toByteArray());
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void writeLimit(JsonGenerator json, String name, long limit) throws IOException {
        if (limit == Long.MAX_VALUE) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, limit);
        }
    }

    /**
     * Hands on every question in the order in which they were asked; none where there is no file.
     *
     * @throws EventLogException when the file cannot be read, or a line is no question
     */
    static void forEach(Path path, Consumer<AskedQuestion> reader) {
        if (Files.notExists(path)) {
            return;
        }
        try (WholeLines whole = new WholeLines(path)) {
            int number = 1;
            for (byte[] line = whole.next(); line != null; line = whole.next()) {
                reader.accept(question(path, number, line));
                number++;
            }
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        }
    }

    private static AskedQuestion question(Path path, int number, byte[] line) {
        try {
            JsonNode fields = READER.readTree(line);
            String version = fields.path("format_version").asText("0");
            if (!version.equals(Integer.toString(FORMAT_VERSION))) {
                throw new IllegalArgumentException(
                        "it has format version " + version + ", this program reads version " + FORMAT_VERSION);
            }
            JsonChecksum.require(line);
            long step = fields.path("step").asLong();
            int subject = fields.path("subject").asInt(-1);
            if (step < 1 || subject < 0) {
                throw new IllegalArgumentException("no step, or nobody");
            }
            return new AskedQuestion(
                    step,
                    DecisionKind.valueOf(fields.path("kind").asText().toUpperCase(Locale.ROOT)),
                    subject,
                    new Allowance(
                            fields.path("calls").asLong(Long.MAX_VALUE),
                            fields.path("tokens").asLong(Long.MAX_VALUE),
                            fields.path("cost").asDouble(Double.POSITIVE_INFINITY)));
        } catch (JacksonException e) {
            throw notAQuestion(path, number, "it is no JSON", e);
        } catch (IOException | IllegalArgumentException e) {
            throw notAQuestion(path, number, e.getMessage(), e);
        }
    }

    private static EventLogException notAQuestion(Path path, int number, String problem, Exception cause) {
        return new EventLogException(
                path + ", line " + number + ": not a question that was asked: " + problem.replaceAll("\\s+", " "),
                cause);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
