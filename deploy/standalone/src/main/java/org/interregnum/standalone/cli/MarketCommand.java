package org.interregnum.standalone.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.export.ExportException;
import org.interregnum.orchestrator.adapter.export.SweepManifest;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunFile;
import org.interregnum.orchestrator.request.RunFileContent;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.RunRequestReader;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.orchestrator.sweeping.Sweep;
import org.interregnum.standalone.remote.Patience;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code market} command: understands its arguments and hands over to the subcommand. */
public final class MarketCommand {
    private final Console console;
    private final RemoteDispatch services;

    /** @param console where it talks to the user */
    public MarketCommand(Console console) {
        this(console, System.getenv(), Patience.USUAL);
    }

    /**
     * A command.
     *
     * @param environment variables that name an orchestrator service, and its token
     * @param patience how long that is waited for when it is away
     */
    MarketCommand(Console console, Map<String, String> environment, Patience patience) {
        this.console = console;
        services = new RemoteDispatch(console, environment, patience);
    }

    /**
     * Runs one command.
     *
     * @param arguments the arguments after {@code market}
     * @return the exit code
     */
    public int execute(String... arguments) {
        CommandLine market = CommandLines.parser(List.of(arguments));
        String name = market.getCommandName();
        try {
            ParseResult all = market.parseArgs(arguments);
            ParseResult result = all;
            while (result.hasSubcommand() && !result.isUsageHelpRequested() && !result.isVersionHelpRequested()) {
                result = result.subcommand();
            }
            name = result.commandSpec().qualifiedName();
            return execute(all, result, List.of(arguments));
        } catch (ParameterException e) {
            name = e.getCommandLine().getCommandSpec().qualifiedName();
            return refuse(name, ParseProblem.of(e, List.of(arguments)));
        } catch (BadInputException e) {
            return refuse(name, e);
        } catch (EventLogException | ExportException e) {
            // A disk or a broker that went away where nobody waits for it: no fault of the program.
            console.saying(name).accept(e.getMessage());
            return ExitCode.FAULT;
        }
    }

    private int execute(ParseResult all, ParseResult result, List<String> arguments) {
        if (result.isUsageHelpRequested()) {
            printHelp(result.commandSpec().qualifiedName());
            return ExitCode.DONE;
        }
        if (result.isVersionHelpRequested()) {
            result.commandSpec().commandLine().printVersionHelp(console.out(), Ansi.OFF);
            return ExitCode.DONE;
        }
        return services.execute(all, result, arguments).orElseGet(() -> execute(result, arguments));
    }

    private int execute(ParseResult result, List<String> arguments) {
        return switch (result.commandSpec().qualifiedName()) {
            case "market run" -> new RunCommand(console).execute(request(result, arguments));
            case "market check" -> new CheckCommand(console).execute(request(result, arguments));
            case "market prompt" ->
                new PromptCommand(console)
                        .execute(
                                request(result, arguments),
                                extra(result, CommandLines.STEP).orElse(new Given(CommandLines.STEP, "1")),
                                extra(result, CommandLines.BUYER));
            case "market replay" -> {
                Map<Setting, Given> options = options(result, arguments);
                yield new ReplayCommand(console)
                        .execute(
                                earlierRun(result),
                                Optional.ofNullable(options.get(Setting.KAFKA)),
                                Optional.ofNullable(options.get(Setting.OUT)).map(out -> Values.path(Setting.OUT, out)),
                                RunRequestReader.figure(options),
                                options.containsKey(Setting.QUIET));
            }
            case "market sweep" -> new SweepCommand(console).execute(result, options(result, arguments));
            case "market resume" -> {
                Path run = earlierRun(result);
                Optional<SweepManifest.Before> sweep = Sweep.find(run);
                if (sweep.isPresent()) {
                    yield new SweepCommand(console).resume(result, run, sweep.get(), options(result, arguments));
                }
                refuseOfSweeps(result, run + " is no sweep");
                yield new ResumeCommand(console).execute(run, options(result, arguments));
            }
            case "market events" -> {
                long from = step(result, CommandLines.FROM, 0);
                yield new EventsCommand(console)
                        .execute(earlierRun(result), broker(result, arguments), from, lastStep(result, from));
            }
            case "market fork" -> {
                Given at = extra(result, ForkCommand.AT)
                        .orElseThrow(() -> new BadInputException(
                                "--at is missing: must be a whole number, the last step to share"));
                List<Given> shocks = result.hasMatchedOption(ForkCommand.PRICE_SHOCK)
                        ? result.matchedOption(ForkCommand.PRICE_SHOCK).originalStringValues().stream()
                                .map(text -> new Given(ForkCommand.PRICE_SHOCK, text))
                                .toList()
                        : List.of();
                yield new ForkCommand(console).execute(earlierRun(result), at, shocks, options(result, arguments));
            }
            case "market diff" ->
                new DiffCommand(console)
                        .execute(
                                run(result, 0, "A"),
                                run(result, 1, "B"),
                                broker(result, arguments),
                                extra(result, Setting.OUT.firstName()).map(given -> Values.path(Setting.OUT, given)));
            case "market figures" -> new FiguresCommand(console).execute(run(result, 0, "SWEEP"));
            case "market compare" ->
                new CompareCommand(console)
                        .execute(
                                directories(result),
                                extra(result, CompareCommand.MEASURE),
                                CompareCommand.bootstrap(
                                        extra(result, CompareCommand.CONFIDENCE),
                                        extra(result, CompareCommand.RESAMPLES),
                                        extra(result, Setting.SEED.firstName())),
                                extra(result, Setting.OUT.firstName()).map(given -> Values.path(Setting.OUT, given)));
            case "market export" -> {
                Given format = extra(result, ExportCommand.FORMAT)
                        .orElseThrow(
                                () -> new BadInputException("--format is missing: must be " + ExportCommand.FORMATS));
                Optional<Path> out =
                        extra(result, Setting.OUT.firstName()).map(given -> Values.path(Setting.OUT, given));
                yield new ExportCommand(console).execute(earlierRun(result), broker(result, arguments), format, out);
            }
            case "market serve seller", "market serve buyer" -> new ServeCommand().execute(result);
            case "market serve orchestrator" ->
                result.hasMatchedOption(CommandLines.TAKE_REQUESTS)
                        ? new TakeRequestsCommand(console).execute(result)
                        : new ServeCommand().executeOrchestrator(result);
            case "market up" -> new UpCommand(console).executeAll(result);
            case "market up kafka" -> new UpCommand(console).execute(result);
            case "market serve scripted-model" -> new ScriptedModelCommand(console).execute(result);
            default ->
                throw new BadInputException("a command is missing: must be one of "
                        + String.join(", ", result.commandSpec().subcommands().keySet()));
        };
    }

    /** What of the options of {@code resume} is of sweeps alone. */
    static void refuseOfSweeps(ParseResult result, String reason) {
        for (String option : List.of(SweepCommand.AT_ONCE, SweepCommand.KEEP_RUNS)) {
            if (result.hasMatchedOption(option)) {
                throw new BadInputException(option + ": has no effect, as " + reason + "; leave it out");
            }
        }
    }

    private void printHelp(String qualifiedName) {
        List<String> names = List.of(qualifiedName.split(" ", -1));
        CommandLine help = CommandLines.help(names);
        for (String name : names) {
            help = help.getSubcommands().getOrDefault(name, help);
        }
        help.usage(console.out(), console.colour() ? Ansi.ON : Ansi.OFF);
    }

    /** The last step of some that begin with one. */
    static long lastStep(ParseResult result, long from) {
        long to = step(result, CommandLines.TO, Long.MAX_VALUE);
        if (from > to) {
            throw BadInputException.about(
                    CommandLines.TO, Long.toString(to), "must be at least that of --from, " + from);
        }
        return to;
    }

    static Optional<Given> extra(ParseResult result, String option) {
        return Optional.ofNullable(result.<String>matchedOptionValue(option, null))
                .map(text -> new Given(option, text));
    }

    static long step(ParseResult result, String option, long preset) {
        return extra(result, option)
                .map(given -> Values.wholeNumber(given, 0, Long.MAX_VALUE, "must be a whole number from 0"))
                .orElse(preset);
    }

    private static Path earlierRun(ParseResult result) {
        return run(result, 0, "RUN");
    }

    private static Path run(ParseResult result, int position, String name) {
        String run = result.matchedPositionalValue(position, "");
        if (run.isEmpty()) {
            throw new BadInputException(
                    name + " is missing: must be the directory of a " + (name.equals("SWEEP") ? "sweep" : "run"));
        }
        return directory(name, run);
    }

    private static List<Path> directories(ParseResult result) {
        List<Path> directories = new ArrayList<>();
        for (String source : result.matchedPositionalValue(0, List.<String>of())) {
            directories.add(directory("A", source));
        }
        return directories;
    }

    private static Path directory(String name, String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw BadInputException.about(name, path, "must be a directory");
        }
    }

    private static RunRequest request(ParseResult result, List<String> arguments) {
        RunFileContent file = result.hasMatchedOption(CommandLines.FILE)
                ? RunFile.read(result.matchedOptionValue(CommandLines.FILE, ""))
                : RunFileContent.NONE;
        RunRequest request = RunRequestReader.read(options(result, arguments), file);
        ModelKeys.requireOwnVariables(request.spec().models());
        return request;
    }

    static Map<Setting, Given> options(ParseResult result, List<String> arguments) {
        Map<Setting, Given> options = new EnumMap<>(Setting.class);
        for (OptionSpec option : result.matchedOptions()) {
            Setting.ofOption(option.names()[0])
                    .ifPresent(setting -> options.put(
                            setting, new Given(ParseProblem.nameAsWritten(option, arguments), textOf(option))));
        }
        return options;
    }

    private static Optional<Given> broker(ParseResult result, List<String> arguments) {
        return Optional.ofNullable(options(result, arguments).get(Setting.KAFKA));
    }

    private static String textOf(OptionSpec option) {
        return option.typedValues().isEmpty()
                ? "true"
                : option.typedValues().get(0).toString();
    }

    private int refuse(String command, BadInputException problem) {
        console.err().println(command + ": " + problem.getMessage());
        return ExitCode.BAD_INPUT;
    }
}
