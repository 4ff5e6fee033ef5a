package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.standalone.remote.ServiceToken;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The grammar of what the command does with an orchestrator service. */
final class RemoteCommandLines {
    static final String SERVER = "--server";
    static final String TOKEN_FILE = "--token-file";
    static final String ID = "--id";
    static final String DETACH = "--detach";
    static final String STATE = "--state";
    static final String LIMIT = "--limit";
    static final String AFTER = "--after";
    static final String JSON = "--json";
    static final String STEPS = "--steps";
    static final String COUNT = "--count";
    static final String PAUSED = "--paused";
    static final String RUN = "--run";

    /** Commands that run here, or there when a service is named. */
    static final Set<String> HERE_OR_THERE = Set.of("run", "resume", "events");
    /** Commands that need a service. */
    static final Set<String> THERE = Set.of("list", "watch", "pause", "step", "stop", "remove", "fetch", "agents");

    private RemoteCommandLines() {}

    /** Adds which service a command speaks to. Commands that speak to none know it too, to say so. */
    static void addServer(CommandSpec spec, boolean headings) {
        boolean isHidden =
                !spec.name().equals("market") && !HERE_OR_THERE.contains(spec.name()) && !THERE.contains(spec.name());
        List<OptionSpec> options = new ArrayList<>(List.of(
                text(
                                SERVER,
                                "URL",
                                "orchestrator service to speak to, such as http://localhost:8080; default $"
                                        + RemoteService.VARIABLE
                                        + (HERE_OR_THERE.contains(spec.name()) ? ", or else this machine" : ""))
                        .hidden(isHidden)
                        .build(),
                text(
                                TOKEN_FILE,
                                "FILE",
                                "file with the service's token; default $" + ServiceToken.VARIABLE
                                        + ", or the file in $" + ServiceToken.FILE_VARIABLE)
                        .hidden(isHidden)
                        .build()));
        if (spec.name().equals("run")) {
            options.add(text(ID, "NAME", "what the service calls the run; default a name of its own")
                    .build());
            options.add(flag(DETACH, "only create the run, and print its name"));
        }
        if (spec.name().equals("resume")) {
            options.add(flag(PAUSED, "let the run wait before its next step"));
        }
        if (headings && spec.name().equals("run")) {
            ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                    .heading("%nAn orchestrator service instead of this machine:%n")
                    .order(Setting.Section.values().length)
                    .validate(false);
            options.forEach(group::addArg);
            spec.addArgGroup(group.build());
        } else {
            options.forEach(spec::addOption);
        }
    }

    static void addList(CommandSpec spec) {
        spec.addOption(text(
                        STATE,
                        "STATE",
                        "only runs that are waiting, running, paused, finished, stopped, failed or budget_spent")
                .build());
        spec.addOption(text(LIMIT, "COUNT", "the latest so many runs (a whole number from 1); default all")
                .build());
        spec.addOption(text(AFTER, "RUN", "only runs behind this one, such as the last of the list before")
                .build());
        spec.addOption(flag(JSON, "print a JSON array instead of a table"));
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market --server http://localhost:8080 list",
                        "  market list --limit 20 --after first",
                        "  market list --state running --json | jq -r '.[].id'");
    }

    static void addWatch(CommandSpec spec) {
        spec.addPositional(run(0));
        spec.addOption(text(
                        CommandLines.FROM,
                        "STEP",
                        "first step (a whole number from 0, the opening); default 0, or with a display of progress the"
                                + " one where the run is")
                .build());
        spec.addOption(flag(STEPS, "print a line of JSON a step, as when standard output is no terminal"));
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market --server http://localhost:8080 watch first",
                        "  market watch first --from 100 | jq -c '[.step, .prices[0]]'",
                        "",
                        "Ends when the run does, with the exit code that 'market run' would have had. Ctrl-C leaves the run",
                        "going.");
    }

    static void addRun(CommandSpec spec) {
        spec.addPositional(run(0));
    }

    static void addStep(CommandSpec spec) {
        addRun(spec);
        spec.addOption(text(COUNT, "COUNT", "how many steps (a whole number from 1); default 1")
                .build());
    }

    static void addFetch(CommandSpec spec) {
        addRun(spec);
        spec.addOption(
                text(Setting.OUT.firstName(), "DIR", "where the files go; a new or empty directory; must be given")
                        .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Example:",
                        "  market --server http://localhost:8080 fetch first --out runs/first",
                        "",
                        "What was fetched is a run directory: replay, diff, events and export read it.");
    }

    static void addAgents(CommandSpec agents) {
        CommandSpec list = CommandLines.command("list", "Lists the agents, or who decides for whom in a run.");
        list.addOption(
                text(RUN, "RUN", "name of a run, to list who decides in it").build());
        list.addOption(flag(JSON, "print a JSON array instead of a table"));

        CommandSpec register =
                CommandLines.command("register", "Registers an agent, which is asked first how it is and who it is.");
        register.addPositional(agent());
        register.addOption(text(AgentsCommands.ROLE, "ROLE", "seller or buyer; must be given")
                .build());
        register.addOption(text(AgentsCommands.ADDRESS, "HOST:PORT", "where it listens; must be given")
                .build());
        register.addOption(
                text(AgentsCommands.STRATEGY, "NAME", "one of the strategies that it offers; default the first")
                        .build());
        Arrays.stream(Setting.values())
                .filter(setting -> setting.isOfOneModel() && setting != Setting.RATIO)
                .forEach(setting -> register.addOption(CommandLines.option(setting)));
        register.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market agents register python --role seller --address localhost:9003",
                        "  market agents register mini --role seller --address localhost:9001 --model gpt-4o-mini");

        CommandSpec check = CommandLines.command("check", "Asks an agent again how it is and who it is.");
        check.addPositional(agent());
        CommandSpec remove = CommandLines.command("remove", "Removes an agent that decides in no run.");
        remove.addPositional(agent());

        CommandSpec assign = CommandLines.command(
                "assign", "Lets an agent decide for sellers or buyers of a run, from its next step on.");
        assign.addPositional(agent());
        assign.addPositional(run(1));
        assign.addOption(text(AgentsCommands.SELLERS, "WHICH", "all, a seller, or a range such as 0-4")
                .build());
        assign.addOption(text(AgentsCommands.BUYERS, "WHICH", "all, a range, or the name of a cohort of the run")
                .build());
        assign.addOption(text(
                        AgentsCommands.ON_FAILURE,
                        "WHAT",
                        "when the agent fails: previous, for those who decided before, or stop; default stop")
                .build());
        assign.usageMessage()
                .footer("", "Example:", "  market agents assign python first --sellers 0-4 --on-failure previous");
        for (CommandSpec spec : List.of(list, register, check, remove, assign)) {
            spec.addOption(text(SERVER, "URL", "orchestrator service to speak to; default $" + RemoteService.VARIABLE)
                    .build());
            spec.addOption(
                    text(TOKEN_FILE, "FILE", "file with the service's token").build());
            agents.addSubcommand(spec.name(), spec);
        }
    }

    private static PositionalParamSpec run(int position) {
        return positional(position, "RUN", "name of the run");
    }

    private static PositionalParamSpec agent() {
        return positional(0, "AGENT", "name of the agent");
    }

    private static PositionalParamSpec positional(int position, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(position))
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .description(description)
                .build();
    }

    private static OptionSpec.Builder text(String option, String label, String description) {
        return OptionSpec.builder(option).paramLabel(label).type(String.class).description(description);
    }

    private static OptionSpec flag(String option, String description) {
        return OptionSpec.builder(option)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build();
    }
}
