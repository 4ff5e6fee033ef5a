package org.interregnum.languagemodel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

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

    private AnswerReader() {}

    /** Reads an answer in a form. */
    static <T> T read(String text, AnswerForm<T> form) throws UnfitAnswerException {
        return form.read(objectIn(text));
    }

    /** The one JSON object in a text. */
    static JsonNode objectIn(String text) throws UnfitAnswerException {
        if (text.isBlank()) {
            throw new UnfitAnswerException("is empty");
        }
        JsonNode found = null;
        int from = text.indexOf('{');
        while (from >= 0) {
            int next = from + 1;
            try (JsonParser parser = JSON.getFactory().createParser(text.substring(from))) {
                JsonNode object = READER.readValue(parser);
                if (found != null) {
                    throw new UnfitAnswerException("holds more than one JSON object");
                }
                found = object;
                next = from + (int) parser.currentLocation().getCharOffset();
            } catch (JsonProcessingException noObject) {
                // A brace of the prose, or of an object that is cut off: the next one may begin an object.
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            from = text.indexOf('{', next);
        }
        if (found == null) {
            throw new UnfitAnswerException("holds no JSON object");
        }
        requireFinite(found);
        return found;
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
