package org.interregnum.seller.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the scripts in src/test/python computed: one JSON object a line, numbers in hexadecimal. */
final class ReferenceValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReferenceValues() {}

    static List<JsonNode> lines(String file) {
        return text(file).lines().map(ReferenceValues::parsed).toList();
    }

    static String text(String file) {
        try (InputStream resource = ReferenceValues.class.getResourceAsStream(file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(ReferenceValues::number)
                .toArray();
    }

    static double number(JsonNode hexadecimal) {
        return Double.parseDouble(hexadecimal.textValue());
    }
}
