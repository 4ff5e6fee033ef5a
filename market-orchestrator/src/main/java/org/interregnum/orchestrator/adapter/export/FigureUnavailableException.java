package org.interregnum.orchestrator.adapter.export;

/** This Java runtime cannot draw pixels, as one without fonts or without its desktop module cannot. */
final class FigureUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FigureUnavailableException(Throwable cause) {
        super("this Java runtime cannot draw: " + firstLine(cause), cause);
    }

    private static String firstLine(Throwable cause) {
        return cause.toString().lines().findFirst().orElse("");
    }
}
