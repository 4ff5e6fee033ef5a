package org.interregnum.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;

/** Reads the properties of an answer strictly. What the forms of all answers have in common. */
public final class AnswerProperties {
    private static final int LONGEST_QUOTE = 60;

    private AnswerProperties() {}

    /** Refuses an answer unless it is an object that has the properties named, and no others. */
    public static void requireExactly(JsonNode answer, List<String> names) throws UnfitAnswerException {
        if (!answer.isObject()) {
            throw new UnfitAnswerException("is no JSON object");
        }
        for (String name : names) {
            if (!answer.has(name)) {
                throw new UnfitAnswerException("has no '" + name + "'");
            }
        }
        for (Iterator<String> given = answer.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!names.contains(name)) {
                throw new UnfitAnswerException("has '" + shortened(name) + "', which was not asked for");
            }
        }
    }

    /** A property that is a text. */
    public static String text(JsonNode answer, String name) throws UnfitAnswerException {
        JsonNode value = answer.path(name);
        if (!value.isTextual()) {
            throw unfit(name, value, "must be a string");
        }
        return value.textValue();
    }

    /** What to throw when the value of a property breaks its rule. */
    public static UnfitAnswerException unfit(String name, JsonNode value, String rule) {
        return new UnfitAnswerException("has " + shortened(value.toString()) + " as '" + name + "'; it " + rule);
    }

    /** A text that may be long, as much of it as a message quotes. */
    static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
