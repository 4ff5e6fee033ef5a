package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Suggestion;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts a problem of the command line's grammar into one line of the same form as all other complaints. */
final class ParseProblem {
    private ParseProblem() {}

    static BadInputException of(ParameterException e, List<String> arguments) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().get(0), command);
        }
        if (e instanceof OverwrittenOptionException twice) {
            return new BadInputException(
                    nameAsWritten(twice.getOverwritten(), arguments) + " is given more than once: must be given once");
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec argument = missing.getMissing().get(0);
            return new BadInputException(nameAsWritten(argument, arguments) + " needs a value: " + rule(argument));
        }
        if (e.getArgSpec() instanceof OptionSpec option && option.arity().max() == 0) {
            return new BadInputException(nameAsWritten(option, arguments) + " has a value: must be given without one");
        }
        return new BadInputException(e.getMessage());
    }

    /** The one of an option's names that the user wrote, the last when there were several. */
    static String nameAsWritten(ArgSpec argument, List<String> arguments) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        String written = option.names()[0];
        for (String word : arguments) {
            for (String name : option.names()) {
                if (word.equals(name) || word.startsWith(name + "=")) {
                    written = name;
                }
            }
        }
        return written;
    }

    private static BadInputException unknown(String argument, CommandSpec command) {
        String written = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
        if (written.startsWith("-")) {
            List<String> options = new ArrayList<>(command.optionsMap().keySet());
            return new BadInputException("unknown option %s%s (%s --help lists all)"
                    .formatted(
                            BadInputException.quote(written),
                            Suggestion.of(written, options),
                            command.qualifiedName()));
        }
        if (command.subcommands().isEmpty()) {
            return new BadInputException("unexpected argument %s: must be an option, which starts with --"
                    .formatted(BadInputException.quote(argument)));
        }
        return new BadInputException("unknown command %s: must be one of %s%s"
                .formatted(
                        BadInputException.quote(argument),
                        String.join(", ", command.subcommands().keySet()),
                        Suggestion.of(argument, command.subcommands().keySet())));
    }

    private static String rule(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? Setting.ofOption(option.names()[0])
                        .map(Setting::rule)
                        .or(() ->
                                ScriptedModelSetting.ofOption(option.names()[0]).map(ScriptedModelSetting::rule))
                        .orElse("must be a " + option.paramLabel().toLowerCase(Locale.ROOT))
                : "must be given";
    }
}
