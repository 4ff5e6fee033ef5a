package org.interregnum.orchestrator.adapter.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.json.DecisionLines;
import org.interregnum.orchestrator.adapter.json.IndexedDecisions;
import org.interregnum.orchestrator.decision.AskedQuestion;

/** Lines in a file that {@link FileDecisionLog} wrote. A last line that was cut off does not count. */
public final class FileDecisionLines implements DecisionLines {
    private final Path path;
    private final boolean mayBeMissing;

    private FileDecisionLines(Path path, boolean mayBeMissing) {
        this.path = path;
        this.mayBeMissing = mayBeMissing;
    }

    /** Those of a file that must be there when it is read. */
    public static FileDecisionLines in(Path path) {
        return new FileDecisionLines(path, false);
    }

    /** The same of a file that is made with its first line: none where it is missing. */
    public FileDecisionLines ifAny() {
        return new FileDecisionLines(path, true);
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public String place(long number) {
        return path + ", line " + number;
    }

    @Override
    public long read(long most, Consumer<byte[]> reader) {
        if (mayBeMissing && Files.notExists(path)) {
            return 0;
        }
        try (WholeLines whole = new WholeLines(path)) {
            long number = 0;
            while (number < most) {
                byte[] line = whole.next();
                if (line == null) {
                    break;
                }
                number++;
                reader.accept(line);
            }
            return number;
        } catch (IOException e) {
            throw FileProblem.cannotRead(path, e);
        }
    }

    @Override
    public String askedName() {
        return FileAskedQuestions.beside(path).toString();
    }

    @Override
    public void readAsked(Consumer<AskedQuestion> reader) {
        FileAskedQuestions.forEach(FileAskedQuestions.beside(path), reader);
    }

    /**
     * Copies the lines of the first steps into a new file as they are.
     *
     * @param lastStep last step whose lines are copied
     * @throws org.interregnum.orchestrator.event.EventLogException when one cannot be read or written, or a line is not a
     *     decision
     */
    public static void copy(DecisionLines from, Path to, long lastStep) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to, StandardOpenOption.CREATE_NEW))) {
            IndexedDecisions.readEach(from, (line, decision) -> {
                if (decision.step() <= lastStep) {
                    write(line, out);
                }
            });
        } catch (IOException e) {
            throw FileProblem.cannotWrite(to, e);
        } catch (UncheckedIOException e) {
            throw FileProblem.cannotWrite(to, e.getCause());
        }
    }

    private static void write(byte[] line, OutputStream out) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
