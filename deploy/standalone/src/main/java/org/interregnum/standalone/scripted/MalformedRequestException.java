package org.interregnum.standalone.scripted;

/** A request that no server of this protocol would take; the message says what it must be. */
final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
        super(message);
    }
}
