package org.interregnum.languagemodel.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of a wording. In it, <code>{{name}}</code> stands for a variable, and the lines between a line
 * <code>{{#name}}</code> and a line <code>{{/name}}</code> are a section, told only where there is something to tell.
 * Everything is checked when a file is read, so that no run meets a mistake half way.
 */
final class PromptTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([a-z][a-z0-9-]*)}}");
    private static final Pattern SECTION_MARK = Pattern.compile("\\s*\\{\\{([#/])([a-z][a-z0-9-]*)}}\\s*");

    /** A line of text, and the section that it belongs to; empty for none. */
    private record Line(String section, String text) {}

    private final String file;
    private final List<Line> lines;

    private PromptTemplate(String file, List<Line> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads a template.
     *
     * @param file its name, for messages
     * @throws PromptException when it is not one, or speaks of what its kind does not know
     */
    static PromptTemplate parse(String file, String content, PromptKind kind) {
        List<Line> lines = new ArrayList<>();
        String section = "";
        for (String text : content.lines().toList()) {
            Matcher mark = SECTION_MARK.matcher(text);
            if (!mark.matches()) {
                requireKnownVariables(file, text, section, kind);
                lines.add(new Line(section, text));
            } else if (mark.group(1).equals("#")) {
                section = opened(file, mark.group(2), section, kind);
            } else if (mark.group(2).equals(section)) {
                section = "";
            } else {
                throw new PromptException(file + ": {{/" + mark.group(2) + "}} closes nothing that is open");
            }
        }
        if (!section.isEmpty()) {
            throw new PromptException(file + ": {{#" + section + "}} is not closed");
        }
        return new PromptTemplate(file, lines);
    }

    private static String opened(String file, String name, String within, PromptKind kind) {
        if (!within.isEmpty()) {
            throw new PromptException(file + ": {{#" + name + "}} stands inside {{#" + within + "}}");
        }
        if (!kind.sections().containsKey(name)) {
            throw new PromptException(file + ": {{#" + name + "}} is no section of '" + kind.name() + "'; known: "
                    + listed(kind.sections().keySet()));
        }
        return name;
    }

    private static void requireKnownVariables(String file, String text, String section, PromptKind kind) {
        Matcher variable = VARIABLE.matcher(text);
        Set<String> inSection = kind.sections().getOrDefault(section, Set.of());
        while (variable.find()) {
            String name = variable.group(1);
            if (kind.variables().contains(name) || inSection.contains(name)) {
                continue;
            }
            kind.sections().forEach((other, variables) -> {
                if (variables.contains(name)) {
                    throw new PromptException(file + ": {{" + name + "}} may only stand between the lines {{#" + other
                            + "}} and {{/" + other + "}}");
                }
            });
            throw new PromptException(file + ": {{" + name + "}} is no variable of '" + kind.name() + "'; known: "
                    + listed(kind.variables()));
        }
        String rest = VARIABLE.matcher(text).replaceAll("");
        if (rest.contains("{{")) {
            throw new PromptException(file + ": '" + text.strip() + "' has {{ but no variable after it");
        }
    }

    private static String listed(Set<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.stream().sorted().toList());
    }

    /**
     * The text for one situation.
     *
     * @param values what each variable stands for
     * @param sections sections to tell
     * @throws PromptException when a variable has no value
     */
    String fill(Map<String, String> values, Set<String> sections) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (line.section().isEmpty() || sections.contains(line.section())) {
                VARIABLE.matcher(line.text())
                        .replaceAll(variable -> Matcher.quoteReplacement(value(variable.group(1), values)))
                        .lines()
                        .forEach(filled -> text.append(filled).append('\n'));
                if (line.text().isEmpty()) {
                    text.append('\n');
                }
            }
        }
        return text.toString().strip();
    }

    private String value(String variable, Map<String, String> values) {
        String value = values.get(variable);
        if (value == null) {
            throw new PromptException(file + ": {{" + variable + "}} has no value in this situation");
        }
        return value;
    }
}
