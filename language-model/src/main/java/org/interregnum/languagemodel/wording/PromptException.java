package org.interregnum.languagemodel.wording;

/** A wording does not exist or cannot be used until somebody mends it. The message is one line for a person. */
public final class PromptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the wording or the file, and what is wrong */
    public PromptException(String message) {
        super(message);
    }
}
