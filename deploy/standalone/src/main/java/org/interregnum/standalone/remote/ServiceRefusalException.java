package org.interregnum.standalone.remote;

/** The service does not do what it was asked for. The message is one line that says why. */
public final class ServiceRefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ServiceRefusalException(int status, String message) {
        super(message.replaceAll("\\p{Cntrl}+", " "));
        this.status = status;
    }

    /** HTTP status of its answer. */
    public int status() {
        return status;
    }
}
