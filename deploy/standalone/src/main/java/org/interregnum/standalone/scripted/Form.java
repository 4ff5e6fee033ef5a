package org.interregnum.standalone.scripted;

/** What a question wants to be answered with. */
enum Form {
    /** A reason and a price. */
    PRICE("price", "price"),
    /** An impression. */
    IMPRESSION("impression", "impression"),
    /** A reason and a seller. */
    CHOICE("choice", "seller"),
    /** Something that no rule is for. */
    UNKNOWN("", "");

    private final String schema;
    private final String property;

    Form(String schema, String property) {
        this.schema = schema;
        this.property = property;
    }

    /** The property that decides, as it stands in JSON. */
    String property() {
        return property;
    }

    /** The form whose JSON schema has this name. */
    static Form ofSchema(String name) {
        for (Form form : values()) {
            if (form.schema.equals(name)) {
                return form;
            }
        }
        return UNKNOWN;
    }

    /**
     * The form that a text shows, by an example or in words: its property is there as a key of JSON. Of several the one
     * that comes last, since questions end with what they ask for.
     */
    static Form shownIn(String text) {
        Form shown = UNKNOWN;
        int latest = -1;
        for (Form form : values()) {
            int at = form == UNKNOWN ? -1 : lastKey(text, '"' + form.property + '"');
            if (at > latest) {
                shown = form;
                latest = at;
            }
        }
        return shown;
    }

    private static int lastKey(String text, String quoted) {
        int at = text.lastIndexOf(quoted);
        while (at >= 0 && !isFollowedByColon(text, at + quoted.length())) {
            at = text.lastIndexOf(quoted, at - 1);
        }
        return at;
    }

    private static boolean isFollowedByColon(String text, int from) {
        int next = from;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == ':';
    }
}
