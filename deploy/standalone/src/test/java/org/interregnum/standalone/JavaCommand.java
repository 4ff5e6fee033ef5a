package org.interregnum.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The beginning of a command line that starts another Java like this one, with this one's class path. */
public final class JavaCommand {
    private JavaCommand() {}

    /** Executable, options and class path; what follows is for the caller to add. */
    public static List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Set by the build, which knows what this Java needs.
        Arrays.stream(System.getProperty("test.jvm", "").split(" "))
                .filter(option -> !option.isBlank())
                .forEach(line::add);
        line.add("-cp");
        line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return line;
    }
}
