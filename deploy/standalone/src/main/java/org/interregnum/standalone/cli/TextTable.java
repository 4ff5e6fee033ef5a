package org.interregnum.standalone.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Lines whose columns stand below each other. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(headings);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    /** Prints it; what a cell says is kept to its line. */
    void print(PrintStream out) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                row[column] = row[column].replaceAll("\\p{Cntrl}+", " ");
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row[column])
                        .append(" ".repeat(widths[column] - row[column].length()))
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
