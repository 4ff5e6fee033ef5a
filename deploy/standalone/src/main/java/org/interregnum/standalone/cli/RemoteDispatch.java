package org.interregnum.standalone.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.standalone.remote.Patience;
import picocli.CommandLine.ParseResult;

/** Hands over to what speaks to an orchestrator service, when that is what the arguments ask for. */
final class RemoteDispatch {
    private static final long MOST = 1_000_000_000L;

    private final Console console;
    private final Map<String, String> environment;
    private final Patience patience;

    RemoteDispatch(Console console, Map<String, String> environment, Patience patience) {
        this.console = console;
        this.environment = environment;
        this.patience = patience;
    }

    /**
     * Does it, if a service is meant.
     *
     * @param market all that was parsed
     * @param result what was parsed of the innermost command
     * @return the exit code; empty when the command is one for this machine
     */
    Optional<Integer> execute(ParseResult market, ParseResult result, List<String> arguments) {
        Optional<Given> server = given(market, RemoteCommandLines.SERVER);
        Optional<Given> tokenFile = given(market, RemoteCommandLines.TOKEN_FILE);
        String name = result.commandSpec().qualifiedName();
        String first = name.split(" ", -1).length > 1 ? name.split(" ", -1)[1] : "";
        boolean isThere = RemoteCommandLines.THERE.contains(first);
        boolean mayBeThere = isThere || RemoteCommandLines.HERE_OR_THERE.contains(first);
        boolean isNamed = server.isPresent()
                || !environment.getOrDefault(RemoteService.VARIABLE, "").isBlank();
        if (!mayBeThere && !first.isEmpty()) {
            server.or(() -> tokenFile).ifPresent(option -> {
                throw new BadInputException("%s: '%s' works on this machine alone; leave it out%s"
                        .formatted(
                                option.name(),
                                name,
                                result.commandSpec().positionalParameters().isEmpty()
                                        ? ""
                                        : ", and fetch the run first: market --server URL fetch RUN --out DIR"));
            });
        }
        if (isThere && !isNamed) {
            throw new BadInputException("--server is missing: must be the URL of an orchestrator service, such as"
                    + " http://localhost:8080; or set " + RemoteService.VARIABLE);
        }
        if (!mayBeThere || !isNamed) {
            requireHere(result, tokenFile);
            return Optional.empty();
        }
        RemoteService service = RemoteService.of(server, tokenFile, environment, patience);
        return Optional.of(
                new RemoteCommands(console, name, service).execute(() -> execute(name, result, arguments, service)));
    }

    private int execute(String name, ParseResult result, List<String> arguments, RemoteService service)
            throws InterruptedException {
        RemoteCommands runs = new RemoteCommands(console, name, service);
        AgentsCommands agents = new AgentsCommands(console, service.client());
        return switch (name) {
            case "market run" ->
                new RemoteRunCommand(console, service)
                        .execute(
                                MarketCommand.options(result, arguments),
                                text(result, CommandLines.FILE),
                                text(result, RemoteCommandLines.ID),
                                result.hasMatchedOption(RemoteCommandLines.DETACH));
            case "market resume" -> {
                MarketCommand.refuseOfSweeps(result, "a service has no sweeps");
                yield runs.resume(
                        run(result),
                        MarketCommand.options(result, arguments),
                        result.hasMatchedOption(RemoteCommandLines.PAUSED));
            }
            case "market events" -> {
                RemoteCommands.requireWithout(MarketCommand.options(result, arguments), Setting.KAFKA);
                long from = MarketCommand.step(result, CommandLines.FROM, 0);
                yield runs.events(run(result), from, MarketCommand.lastStep(result, from));
            }
            case "market list" ->
                runs.list(
                        MarketCommand.extra(result, RemoteCommandLines.STATE),
                        count(result, RemoteCommandLines.LIMIT),
                        text(result, RemoteCommandLines.AFTER)
                                .map(after -> RemoteService.name(RemoteCommandLines.AFTER, after, "a run")),
                        result.hasMatchedOption(RemoteCommandLines.JSON));
            case "market watch" ->
                runs.watch(
                        run(result),
                        MarketCommand.extra(result, CommandLines.FROM)
                                .map(given -> MarketCommand.step(result, CommandLines.FROM, 0)),
                        result.hasMatchedOption(RemoteCommandLines.STEPS) || !console.outIsTerminal());
            case "market pause", "market stop" ->
                runs.act(run(result), result.commandSpec().name(), "");
            case "market remove" -> runs.remove(run(result));
            case "market step" -> {
                long count = count(result, RemoteCommandLines.COUNT).orElse(1L);
                yield runs.act(run(result), "step?count=" + count, "");
            }
            case "market fetch" ->
                runs.fetch(
                        run(result),
                        MarketCommand.extra(result, Setting.OUT.firstName())
                                .orElseThrow(() -> new BadInputException(
                                        "--out is missing: must be " + "a new or empty directory")));
            case "market agents list" -> {
                boolean json = result.hasMatchedOption(RemoteCommandLines.JSON);
                Optional<String> run = text(result, RemoteCommandLines.RUN);
                yield run.isPresent()
                        ? agents.list(RemoteService.name(RemoteCommandLines.RUN, run.get(), "a run"), json)
                        : agents.list(json);
            }
            case "market agents register" ->
                agents.register(agent(result), properties(result), MarketCommand.options(result, arguments));
            case "market agents check" -> agents.check(agent(result));
            case "market agents remove" -> agents.remove(agent(result));
            case "market agents assign" ->
                agents.assign(
                        agent(result),
                        positional(result, 1, "RUN", "a run"),
                        text(result, AgentsCommands.SELLERS),
                        text(result, AgentsCommands.BUYERS),
                        text(result, AgentsCommands.ON_FAILURE));
            default ->
                throw new BadInputException("a command is missing: must be one of "
                        + String.join(", ", result.commandSpec().subcommands().keySet()));
        };
    }

    /** What only a service can do is a misunderstanding without one. */
    private static void requireHere(ParseResult result, Optional<Given> tokenFile) {
        tokenFile.ifPresent(option -> {
            throw new BadInputException(option.name() + " has no effect without --server; give one or leave it out");
        });
        for (String option : List.of(RemoteCommandLines.ID, RemoteCommandLines.DETACH, RemoteCommandLines.PAUSED)) {
            if (result.hasMatchedOption(option)) {
                throw new BadInputException(option + " has no effect without --server; give one or leave it out");
            }
        }
    }

    /** An option that may stand before or behind the command. */
    private static Optional<Given> given(ParseResult market, String option) {
        Optional<Given> found = Optional.empty();
        for (ParseResult level = market; level != null; level = level.hasSubcommand() ? level.subcommand() : null) {
            Optional<Given> here = MarketCommand.extra(level, option);
            if (here.isPresent() && found.isPresent()) {
                throw new BadInputException(option + " is given more than once: must be given once");
            }
            found = here.isPresent() ? here : found;
        }
        return found;
    }

    private static Map<String, String> properties(ParseResult result) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String option : List.of(AgentsCommands.ROLE, AgentsCommands.ADDRESS, AgentsCommands.STRATEGY)) {
            text(result, option).ifPresent(value -> properties.put(option, value));
        }
        return properties;
    }

    private static Optional<Long> count(ParseResult result, String option) {
        return MarketCommand.extra(result, option)
                .map(given -> Values.wholeNumber(given, 1, MOST, "must be a whole number from 1 to " + MOST));
    }

    private static Optional<String> text(ParseResult result, String option) {
        return MarketCommand.extra(result, option).map(Given::text);
    }

    private static String run(ParseResult result) {
        return positional(result, 0, "RUN", "a run");
    }

    private static String agent(ParseResult result) {
        return positional(result, 0, "AGENT", "an agent");
    }

    private static String positional(ParseResult result, int position, String label, String what) {
        return RemoteService.name(label, result.matchedPositionalValue(position, ""), what);
    }
}
