package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of a run cannot be written. The message is one line for the user: which file, and why. */
public final class ExportException extends RuntimeException {
    /** How a message begins. */
    public static final String CANNOT_WRITE = "cannot write ";

    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }

    ExportException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A file that cannot be written, and why, in the words of the operating system. */
    public static ExportException cannotWrite(Path path, IOException problem) {
        return new ExportException(CANNOT_WRITE + path + ": " + reason(problem), problem);
    }

    private static String reason(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (problem instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "it exists and is no directory";
        }
        String reason = problem instanceof FileSystemException inFile ? inFile.getReason() : problem.getMessage();
        return reason == null ? problem.getClass().getSimpleName() : reason;
    }
}
