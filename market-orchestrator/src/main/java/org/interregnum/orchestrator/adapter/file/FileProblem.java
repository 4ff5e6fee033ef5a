package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.interregnum.orchestrator.event.EventLogException;

/** Why a file operation failed, in the words of the operating system. */
final class FileProblem {
    private FileProblem() {}

    /** A log that cannot be created or written. */
    static EventLogException cannotWrite(Path path, IOException problem) {
        return new EventLogException("cannot write " + path + ": " + reason(problem), problem);
    }

    /** A log that cannot be read. */
    static EventLogException cannotRead(Path path, IOException problem) {
        return new EventLogException("cannot read " + path + ": " + reason(problem), problem);
    }

    /** The reason alone, without the file's name: "No space left on device". */
    static String reason(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (problem instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String reason = problem instanceof FileSystemException inFile ? inFile.getReason() : problem.getMessage();
        return reason == null ? problem.getClass().getSimpleName() : reason;
    }
}
