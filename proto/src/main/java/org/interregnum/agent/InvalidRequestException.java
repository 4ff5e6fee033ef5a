package org.interregnum.agent;

/** A request breaks a rule stated in the contract; repeating it is no use. The message is one line for a person. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the field, its value and the rule */
    public InvalidRequestException(String message) {
        super(message);
    }
}
