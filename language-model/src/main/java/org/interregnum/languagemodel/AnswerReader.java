package org.interregnum.languagemodel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the JSON object in a model's answer. What stands around it does not matter; what it holds is the form's matter. */
final class AnswerReader {
    /** Far deeper than any form. It bounds what an answer of nothing but braces takes to read. */
    private static final int DEEPEST = 32;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            // Of two values by one name nobody can say which was meant.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectReader READER = JSON.readerFor(JsonNode.class);

    // Jackson tells these apart in its messages alone; should it word them otherwise, they are quoted.
    private static final Pattern DUPLICATE =
            Pattern.compile("^Duplicate (?:field|Object property) ['\"](.*)['\"]$", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile("^Non-standard token '([^']+)'");

    private AnswerReader() {}

    /** Reads an answer in a form. */
    static <T> T read(String text, AnswerForm<T> form) throws UnfitAnswerException {
        return form.read(objectIn(text));
    }

    /**
     * The one JSON object in a text. Nothing within an object that is none is taken for the answer: a draft in an answer that
     * is cut off, or an older value, would pass for what the model decided.
     */
    static JsonNode objectIn(String text) throws UnfitAnswerException {
        if (text.isBlank()) {
            throw new UnfitAnswerException("is empty");
        }
        JsonNode found = null;
        int bracesOfProse = 0;
        int at = 0;
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (sign == '{' && beginsObject(text, at)) {
                if (bracesOfProse > 0) {
                    throw new UnfitAnswerException("has a JSON object within braces that are no JSON");
                }
                String rest = text.substring(at);
                try (JsonParser parser = JSON.getFactory().createParser(rest)) {
                    JsonNode object = parse(parser, rest);
                    if (found != null) {
                        throw new UnfitAnswerException("holds more than one JSON object");
                    }
                    found = object;
                    at += (int) parser.currentLocation().getCharOffset();
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
            } else {
                if (sign == '{') {
                    bracesOfProse++;
                } else if (sign == '}' && bracesOfProse > 0) {
                    bracesOfProse--;
                }
                at++;
            }
        }
        if (found == null) {
            throw new UnfitAnswerException("holds no JSON object");
        }
        requireFinite(found);
        return found;
    }

    /** Whether a brace is JSON's, well-formed or not, rather than one of the prose such as {@code {costs}}. */
    private static boolean beginsObject(String text, int brace) {
        int next = brace + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '}');
    }

    private static JsonNode parse(JsonParser parser, String rest) throws IOException, UnfitAnswerException {
        try {
            return READER.readValue(parser);
        } catch (JsonProcessingException noObject) {
            boolean isAtEnd = parser.currentLocation().getCharOffset() >= rest.length();
            throw new UnfitAnswerException(cause(noObject, isAtEnd));
        }
    }

    /** What is wrong with an object, in words by which a model can mend it. */
    private static String cause(JsonProcessingException noObject, boolean isAtEnd) {
        String message = noObject.getOriginalMessage().lines().findFirst().orElse("");
        Matcher duplicate = DUPLICATE.matcher(message);
        Matcher number = NO_NUMBER.matcher(message);
        if (noObject instanceof StreamConstraintsException) {
            return message.contains("nesting")
                    ? "is nested more than " + DEEPEST + " deep"
                    : "has a number or a name that is too long";
        }
        if (duplicate.find()) {
            return "has '" + AnswerProperties.shortened(duplicate.group(1)) + "' twice";
        }
        if (number.find()) {
            return "has " + number.group(1) + ", which is no JSON";
        }
        if (isAtEnd || noObject instanceof JsonEOFException) {
            return "breaks off before its end";
        }
        return "is no well-formed JSON: " + message;
    }

    /** Numbers such as 1e999 are JSON, and beyond what a double holds. */
    private static void requireFinite(JsonNode node) throws UnfitAnswerException {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw new UnfitAnswerException("has a number that is too large");
        }
        for (JsonNode child : node) {
            requireFinite(child);
        }
    }
}
