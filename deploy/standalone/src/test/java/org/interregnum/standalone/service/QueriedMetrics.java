package org.interregnum.standalone.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of metrics in PromQL: what is left when labels, ranges, texts, functions and words of the language are gone. */
final class QueriedMetrics {
    private static final Pattern ASIDE = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "sum", "by");

    private QueriedMetrics() {}

    static Set<String> in(String query) {
        Set<String> names = new HashSet<>();
        Matcher name = NAME.matcher(ASIDE.matcher(query).replaceAll(" "));
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }

    /** Those of every field called expr. */
    static Set<String> in(JsonNode node) {
        Set<String> names = new HashSet<>();
        node.findValuesAsText("expr").forEach(query -> names.addAll(in(query)));
        return names;
    }
}
