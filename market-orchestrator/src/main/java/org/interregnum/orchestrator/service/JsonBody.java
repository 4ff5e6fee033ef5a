package org.interregnum.orchestrator.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.interregnum.orchestrator.request.BadInputException;

/** An object in JSON that somebody sent, read member by member, so that each complaint names one. */
final class JsonBody {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode root;

    private JsonBody(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads an object.
     *
     * @param members names of the members that it may have
     * @throws BadInputException when it is none, or has another member
     */
    static JsonBody read(String text, String... members) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new BadInputException("the body is not JSON: " + e.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new BadInputException("the body must be an object in JSON");
        }
        root.fieldNames().forEachRemaining(name -> {
            if (!List.of(members).contains(name)) {
                throw new BadInputException(
                        BadInputException.quote(name) + " is unknown; must be one of " + String.join(", ", members));
            }
        });
        return new JsonBody(root);
    }

    /** A text, or a number as it is written; empty when it is not there. */
    Optional<String> text(String name) {
        JsonNode value = root.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new BadInputException(name + " must be a text");
        }
        return Optional.of(value.asText());
    }

    /** A text that must be there. */
    String required(String name, String rule) {
        return text(name).orElseThrow(() -> new BadInputException(name + " is missing: " + rule));
    }

    /** An object as a text; empty when it is not there. */
    Optional<String> object(String name) {
        JsonNode value = root.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw new BadInputException(name + " must be an object");
        }
        return Optional.of(value.toString());
    }
}
