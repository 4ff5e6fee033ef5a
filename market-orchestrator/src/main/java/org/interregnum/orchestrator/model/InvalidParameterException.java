package org.interregnum.orchestrator.model;

/** A parameter is outside its range. The message names neither an option nor a file: the caller knows which it was. */
public final class InvalidParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String value;
    private final String rule;

    /**
     * @param parameter name of the record component at fault, such as {@code updateRate}
     * @param value the value given, as text
     * @param rule the range, as the end of a sentence: "must be a number above 0"
     */
    public InvalidParameterException(String parameter, String value, String rule) {
        super(parameter + " " + value + ": " + rule);
        this.parameter = parameter;
        this.value = value;
        this.rule = rule;
    }

    /** Name of the record component at fault, such as {@code updateRate}. */
    public String parameter() {
        return parameter;
    }

    /** The value given, as text. */
    public String value() {
        return value;
    }

    /** The range, as the end of a sentence. */
    public String rule() {
        return rule;
    }
}
