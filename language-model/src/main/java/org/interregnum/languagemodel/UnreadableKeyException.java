package org.interregnum.languagemodel;

/** A file that should have a key cannot be read, or has none. The message is one line that names the variable. */
public final class UnreadableKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableKeyException(String message) {
        super(message);
    }
}
