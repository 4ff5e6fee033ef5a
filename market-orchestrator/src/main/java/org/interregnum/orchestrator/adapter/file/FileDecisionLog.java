package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.json.DecisionLine;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.DecisionLog;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * Decisions of models in one file, a line of JSON each, and beside it the questions that were asked, in {@code
 * asked.jsonl}. A line is with the operating system when {@link #append} returns, so a killed process loses none; after
 * {@link #flush()} all decisions are on the device. The file is locked: a second writer is refused. May be used by several
 * threads.
 */
public final class FileDecisionLog implements DecisionLog {
    private final Path path;
    // Not a channel: an interrupt of the writing thread would close that.
    private final RandomAccessFile file;
    private final Optional<FileAskedQuestions> asked;
    private long end;
    private boolean closed;
    private EventLogException failure;

    private FileDecisionLog(Path path, RandomAccessFile file, Optional<FileAskedQuestions> asked, long end)
            throws IOException {
        this.path = path;
        this.file = file;
        this.asked = asked;
        this.end = end;
        file.setLength(end);
        file.seek(end);
    }

    /**
     * Starts a new log.
     *
     * @param path the file; it must not exist
     * @throws EventLogException when it cannot be created
     */
    public static FileDecisionLog create(Path path) {
        return create(path, true);
    }

    /**
     * Starts a new log of a replay, which asks nobody, so that no questions are kept.
     *
     * @param path the file; it must not exist
     * @throws EventLogException when it cannot be created
     */
    public static FileDecisionLog createForReplay(Path path) {
        return create(path, false);
    }

    private static FileDecisionLog create(Path path, boolean isAsking) {
        try {
            Files.createFile(path);
            return inFile(path, new RandomAccessFile(path.toFile(), "rw"), isAsking);
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    /**
     * Goes on with a log; a last line that was cut off is removed.
     *
     * @param path the file
     * @throws EventLogException when it cannot be opened
     */
    public static FileDecisionLog resume(Path path) {
        try {
            if (Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            return inFile(path, new RandomAccessFile(path.toFile(), "rw"), true);
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    /** Goes on with a log in a file that is open already. */
    static FileDecisionLog inFile(Path path, RandomAccessFile file, boolean isAsking) throws IOException {
        boolean open = false;
        try {
            Optional<FileAskedQuestions> asked =
                    isAsking ? Optional.of(FileAskedQuestions.open(FileAskedQuestions.beside(path))) : Optional.empty();
            FileDecisionLog log = new FileDecisionLog(path, file, asked, WholeLines.end(file));
            open = true;
            return log;
        } finally {
            if (!open) {
                file.close();
            }
        }
    }

    @Override
    public synchronized void append(DecisionRecord decision) {
        throwIfUnusable();
        byte[] line = DecisionLine.of(decision);
        try {
            file.write(line, 0, line.length);
            end += line.length;
        } catch (IOException e) {
            throw fail(e);
        }
    }

    @Override
    public synchronized void asking(AskedQuestion question) {
        throwIfUnusable();
        asked.ifPresent(questions -> questions.add(question));
    }

    @Override
    public synchronized void flush() {
        throwIfUnusable();
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw fail(e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            if (failure == null) {
                flush();
            }
        } finally {
            closed = true;
            closeFile();
        }
    }

    private void closeFile() {
        try (file) {
            if (asked.isPresent()) {
                asked.get().close();
            }
        } catch (IOException e) {
            throw FileProblem.cannotWrite(path, e);
        }
    }

    private EventLogException fail(IOException problem) {
        failure = FileProblem.cannotWrite(path, problem);
        try {
            // Half a line at the end would do no harm, a reader knows it; but whole lines alone are easier to explain.
            file.setLength(end);
        } catch (IOException e) {
            // The failure that led here is the one to report.
        }
        return failure;
    }

    private void throwIfUnusable() {
        if (closed) {
            throw new EventLogException("cannot write " + path + ": the log is closed");
        }
        if (failure != null) {
            throw new EventLogException(failure.getMessage(), failure);
        }
    }
}
