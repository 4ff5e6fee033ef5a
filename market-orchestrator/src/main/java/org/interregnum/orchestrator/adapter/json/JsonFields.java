package org.interregnum.orchestrator.adapter.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields of a JSON object that is to have certain ones; what is wrong with one is an IllegalArgumentException. */
final class JsonFields {
    private final JsonNode object;

    JsonFields(JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        this.object = object;
    }

    boolean has(String name) {
        return object.has(name);
    }

    boolean isNull(String name) {
        return field(name).isNull();
    }

    String text(String name) {
        JsonNode field = field(name);
        require(field.isTextual(), name, "a text");
        return field.textValue();
    }

    String textOrNull(String name) {
        return isNull(name) ? null : text(name);
    }

    boolean flag(String name) {
        JsonNode field = field(name);
        require(field.isBoolean(), name, "true or false");
        return field.booleanValue();
    }

    long whole(String name, long least) {
        JsonNode field = field(name);
        require(
                field.isIntegralNumber() && field.canConvertToLong() && field.longValue() >= least,
                name,
                "a whole number from " + least);
        return field.longValue();
    }

    int integer(String name, int least) {
        long value = whole(name, least);
        require(value <= Integer.MAX_VALUE, name, "a whole number below 2^31");
        return (int) value;
    }

    /** The count of what somebody told; −1 when nobody did. */
    long count(String name) {
        return isNull(name) ? -1 : whole(name, 0);
    }

    double number(String name) {
        JsonNode field = field(name);
        require(field.isNumber() && Double.isFinite(field.doubleValue()), name, "a number");
        return field.doubleValue();
    }

    double numberOrNaN(String name) {
        return isNull(name) ? Double.NaN : number(name);
    }

    long nanosOfMillis(String name) {
        double millis = number(name);
        require(millis >= 0 && millis < 1e12, name, "a number of milliseconds");
        return Math.round(millis * 1000) * 1000;
    }

    /** One of an enum's values, written in lower case. */
    <E extends Enum<E>> E word(String name, Class<E> words) {
        String text = text(name);
        for (E word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
                return word;
            }
        }
        throw new IllegalArgumentException("its " + name + " is not one this program knows");
    }

    JsonFields object(String name) {
        JsonNode field = field(name);
        require(field.isObject(), name, "an object");
        return new JsonFields(field);
    }

    List<JsonFields> objects(String name) {
        JsonNode field = field(name);
        require(field.isArray(), name, "a list");
        List<JsonFields> objects = new ArrayList<>(field.size());
        field.forEach(element -> objects.add(new JsonFields(element)));
        return objects;
    }

    private JsonNode field(String name) {
        JsonNode field = object.get(name);
        if (field == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return field;
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("its " + name + " is not " + rule);
        }
    }
}
