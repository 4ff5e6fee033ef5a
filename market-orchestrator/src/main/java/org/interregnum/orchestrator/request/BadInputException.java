package org.interregnum.orchestrator.request;

/** What the user gave cannot be used. The message is one line that names the option, the value and the range. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 100;

    public BadInputException(String message) {
        super(printable(message));
    }

    /** A complaint about a value, such as {@code --rho 0: must be a number above 0}. */
    public static BadInputException about(String name, String value, String rule) {
        return new BadInputException(name + " " + quote(value) + ": " + rule);
    }

    /** A value as a message shows it: short, and visible when it is empty or has blanks. */
    public static String quote(String value) {
        String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
        return shown.isEmpty() || shown.chars().anyMatch(Character::isWhitespace) ? "'" + shown + "'" : shown;
    }

    private static String printable(String message) {
        return message.replaceAll("\\p{Cntrl}+", " ");
    }
}
