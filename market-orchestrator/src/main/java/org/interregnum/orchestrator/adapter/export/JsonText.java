package org.interregnum.orchestrator.adapter.export;

/**
 * Writes JSON, indented. A run's manifest is one object of plain values, and a library that binds anything to anything
 * would take longer to load than a short run takes.
 */
final class JsonText {
    private final StringBuilder text = new StringBuilder(1 << 10);
    private int depth;
    private boolean first = true;

    /** Opens the outermost object. */
    JsonText() {
        open('{');
    }

    /** Adds a text; null for none. */
    JsonText put(String name, String value) {
        name(name);
        if (value == null) {
            text.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    /** Adds a whole number. */
    JsonText put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds a number with all its digits; JSON knows neither NaN nor infinity, so those are null. */
    JsonText put(String name, double value) {
        name(name);
        text.append(Double.isFinite(value) ? Double.toString(value) : "null");
        return this;
    }

    /** Opens an object within an object. */
    JsonText object(String name) {
        name(name);
        open('{');
        return this;
    }

    /** Opens an object within an array. */
    JsonText object() {
        next();
        open('{');
        return this;
    }

    /** Opens an array within an object. */
    JsonText array(String name) {
        name(name);
        open('[');
        return this;
    }

    /** Adds a text to an array. */
    JsonText add(String value) {
        next();
        quoted(value);
        return this;
    }

    /** Ends the innermost object. */
    JsonText endObject() {
        close('}');
        return this;
    }

    /** Ends the innermost array. */
    JsonText endArray() {
        close(']');
        return this;
    }

    /** Ends the outermost object; the text with a line end. */
    String end() {
        close('}');
        return text.append('\n').toString();
    }

    private void name(String name) {
        next();
        quoted(name);
        text.append(": ");
    }

    private void next() {
        if (!first) {
            text.append(',');
        }
        newLine();
        first = false;
    }

    private void open(char bracket) {
        text.append(bracket);
        depth++;
        first = true;
    }

    private void close(char bracket) {
        depth--;
        if (!first) {
            newLine();
        }
        text.append(bracket);
        first = false;
    }

    private void newLine() {
        text.append('\n').append("  ".repeat(depth));
    }

    private void quoted(String value) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char letter = value.charAt(index);
            switch (letter) {
                case '"', '\\' -> text.append('\\').append(letter);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (letter < ' ') {
                        text.append("\\u00").append(letter < 16 ? "0" : "").append(Integer.toHexString(letter));
                    } else {
                        text.append(letter);
                    }
                }
            }
        }
        text.append('"');
    }
}
