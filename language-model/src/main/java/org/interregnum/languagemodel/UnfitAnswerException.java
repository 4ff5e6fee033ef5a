package org.interregnum.languagemodel;

/** A model's answer does not have the form that was asked for. The message completes "the answer ...", for a person. */
public final class UnfitAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message why, such as {@code has no 'price'} */
    public UnfitAnswerException(String message) {
        super(message);
    }
}
