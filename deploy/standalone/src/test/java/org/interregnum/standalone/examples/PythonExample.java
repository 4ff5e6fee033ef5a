package org.interregnum.standalone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An example in Python, as somebody has it who follows its README: a copy in which the documented command has made the
 * stubs. It runs with the system's own Python and packages, wherever another Python comes first on the path.
 */
public final class PythonExample {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String FENCE = "```";

    private final Path root;
    private final Path folder;

    private PythonExample(Path root, String name) {
        this.root = root;
        this.folder = root.resolve("deploy/examples").resolve(name);
    }

    /** Copies an example to an empty folder and makes its stubs. */
    public static PythonExample copy(String name, Path root) throws IOException, InterruptedException {
        PythonExample example = new PythonExample(root, name);
        Files.createDirectories(example.folder);
        Path original = REPOSITORY.resolve("deploy/examples").resolve(name);
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, example.folder.resolve(file.getFileName()));
            }
        }
        Files.createSymbolicLink(root.resolve("proto"), REPOSITORY.resolve("proto"));
        Said made = call(root, List.of("sh", "-euc", commandForStubs(original.resolve("README.md"))));
        assertThat(made.exitCode()).as(made.all()).isZero();
        return example;
    }

    /**
     * Why examples in Python cannot be tried here, or nothing if they can. To be assumed before each test: a class that
     * gives up before its first would be reported as one without tests.
     *
     * @param modules Python's modules that have to be there
     */
    public static Optional<String> hindrance(String... modules) throws IOException, InterruptedException {
        for (String program : List.of("python3", "protoc", "grpc_python_plugin")) {
            if (Arrays.stream(SYSTEM_PATH.split(":")).noneMatch(each -> new File(each, program).canExecute())) {
                return Optional.of("the system has no " + program + "; the example's README says what to install");
            }
        }
        return missingModule(modules)
                .map(last ->
                        "the system's Python lacks a package; the example's README says what to" + " install: " + last);
    }

    /** What the system's Python says of modules that it does not have, or nothing if it has all. */
    static Optional<String> missingModule(String... modules) throws IOException, InterruptedException {
        Said imports = call(REPOSITORY, List.of("python3", "-c", "import " + String.join(", ", modules)));
        String last = imports.all().strip().lines().reduce("", (before, line) -> line);
        return imports.exitCode() == 0 ? Optional.empty() : Optional.of(last);
    }

    /** Runs a program that needs no stubs, by its path in the repository, to its end. */
    static Said runAsItIs(String program, String... arguments) throws IOException, InterruptedException {
        return call(
                REPOSITORY,
                Stream.concat(Stream.of("python3", program), Arrays.stream(arguments))
                        .toList());
    }

    /** The block of the README that calls {@code protoc}. */
    private static String commandForStubs(Path readme) throws IOException {
        return Arrays.stream(Files.readString(readme).split(FENCE))
                .filter(block -> block.startsWith("sh\n") && block.contains("\nprotoc "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(readme + " does not say how stubs are made"))
                .substring("sh\n".length());
    }

    /** Starts a program of the example. Standard error goes where standard output goes. */
    public Process start(String program, String... arguments) throws IOException {
        return builder(root, command(program, arguments)).start();
    }

    /** Runs a program of the example to its end. */
    Said run(String program, String... arguments) throws IOException, InterruptedException {
        return call(root, command(program, arguments));
    }

    private List<String> command(String program, String... arguments) {
        return Stream.concat(Stream.of("python3", folder.resolve(program).toString()), Arrays.stream(arguments))
                .toList();
    }

    private static Said call(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = builder(directory, command).start();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), all);
    }

    private static ProcessBuilder builder(Path directory, List<String> command) {
        // By its path: the builder looks for a bare name where this process would.
        List<String> withPath =
                Stream.concat(Stream.of("/usr/bin/env"), command.stream()).toList();
        ProcessBuilder builder =
                new ProcessBuilder(withPath).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", SYSTEM_PATH);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder;
    }

    /**
     * What a program that has ended said.
     *
     * @param exitCode its exit code
     * @param all its standard output and standard error
     */
    record Said(int exitCode, String all) {}
}
