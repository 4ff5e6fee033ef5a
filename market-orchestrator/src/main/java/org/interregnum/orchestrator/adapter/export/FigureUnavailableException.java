package org.interregnum.orchestrator.adapter.export;

/** This Java runtime cannot draw, as one without fonts or without its desktop module cannot. */
public final class FigureUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FigureUnavailableException(Throwable cause) {
        super(
                "this Java runtime cannot draw, which takes its desktop module, fontconfig and a font: " + root(cause),
                cause);
    }

    /** The first line of what lies at the bottom of it: the JDK wraps a missing font several times. */
    private static String root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().lines().findFirst().orElse("");
    }
}
