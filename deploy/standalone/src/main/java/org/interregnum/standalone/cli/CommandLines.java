package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.interregnum.agent.BuildVersion;
import org.interregnum.orchestrator.request.Setting;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.ParserSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The grammar of the command line. It is built by hand instead of from annotations, because reading annotations takes a
 * tenth of a second; every value is text, because one place checks the values of options and of run files.
 */
final class CommandLines {
    static final String FILE = "--file";
    static final String PORT = "--port";
    static final String HOST = "--host";
    static final String DATA = "--data";
    static final String SELLER_AGENT = "--seller-agent";
    static final String BUYER_AGENT = "--buyer-agent";
    static final String TAKE_REQUESTS = "--take-requests";
    static final String STEP = "--step";
    static final String BUYER = "--buyer";
    static final String FROM = "--from";
    static final String TO = "--to";

    private CommandLines() {}

    /**
     * The grammar to parse some arguments by.
     *
     * @param words the arguments; commands that are not among them have no options, because there are many
     */
    static CommandLine parser(Collection<String> words) {
        return market(words, false);
    }

    /** The same with its options under headings; parsed by it, an option given twice would go unnoticed. */
    static CommandLine help(Collection<String> words) {
        return market(words, true);
    }

    private static CommandLine market(Collection<String> words, boolean headings) {
        CommandSpec market =
                command("market", "Runs markets whose sellers and buyers follow rules or are language models.");
        Map<CommandSpec, Consumer<CommandSpec>> commands = new LinkedHashMap<>();
        commands.put(
                command("run", "Runs a market and writes its trajectory, log, figure and summary."),
                spec -> addRun(spec, headings));
        commands.put(
                command("check", "Says what a run would be and need, or what is wrong with it."),
                spec -> addRun(spec, headings));
        commands.put(
                command("prompt", "Prints what models would be told at a step, and asks nobody."),
                spec -> addPrompt(spec, headings));
        commands.put(
                command(
                        "replay",
                        "Runs a market again from its record, asks nobody, and compares every step with the record."),
                CommandLines::addReplay);
        commands.put(
                command(
                        "resume",
                        "Goes on with a run that was stopped or killed; what its models decided is not asked again."),
                CommandLines::addResume);
        commands.put(
                command(
                        "fork",
                        "Begins a new run that shares the history of another one up to a step, and then differs."),
                CommandLines::addFork);
        commands.put(
                command(
                        "diff",
                        "Compares two runs: settings, the first step that differs, what came out, a figure of both."),
                CommandLines::addDiff);
        commands.put(
                command(
                        "sweep",
                        "Runs a market for every combination of values, on all cores, into one table: phase diagrams."
                                + " Started again with the same --out, it does only what is missing."),
                spec -> addSweep(spec, headings));
        commands.put(
                command(
                        "figures",
                        "Draws a sweep: maps, lines and finite-size scaling, with tables of means and intervals."),
                CommandLines::addFigures);
        commands.put(
                command(
                        "compare",
                        "Compares agents in the same markets, seed by seed: one table and one figure, with intervals."),
                CommandLines::addCompare);
        commands.put(
                command("events", "Prints the events of a run, as its log has them, as JSON, one a line."),
                CommandLines::addEvents);
        commands.put(
                command("export", "Writes a run as tables or arrays for other programs, as far as its log goes."),
                CommandLines::addExport);
        commands.put(
                command(
                        "serve",
                        "Starts an agent service that markets can ask over gRPC, or a stand-in for a language model."),
                CommandLines::addServices);
        commands.put(
                command("up", "Starts what markets can use, on this machine, until it is stopped."),
                CommandLines::addUp);
        addRemote(commands);
        commands.forEach((spec, filling) -> {
            if (words.contains(spec.name())) {
                filling.accept(spec);
                RemoteCommandLines.addServer(spec, headings);
            }
            market.addSubcommand(spec.name(), spec);
        });
        RemoteCommandLines.addServer(market, headings);
        market.usageMessage()
                .footer(
                        "",
                        "With --server, or INTERREGNUM_SERVER, run, resume and events are those of an orchestrator service;",
                        "list, watch, pause, step, stop, remove, fetch and agents need one.",
                        "",
                        "Exit codes:",
                        "    0  done",
                        "    1  a fault of the machine or of the program, or a service that cannot be reached",
                        "    2  bad input, or refused; nothing was created",
                        "    3  agents failed",
                        "    4  a budget was spent",
                        "  130  interrupted by Ctrl-C",
                        "  143  terminated",
                        "",
                        "Examples:",
                        "  market run --J 1.0 --rho 0.8 --Nt 400     alternating monopolies",
                        "  market run --J 1.0 --rho 0.1 --Nt 400     a stable monopoly",
                        "  market run --J 0.0 --rho 0.8 --Nt 400     competition",
                        "  market run --J 1.0 --rho 0.8 --Nt 400 --sellers llm --model gpt-4o-mini --max-calls 500",
                        "  market --server http://localhost:8080 run --J 1.0 --rho 0.8 --Nt 400",
                        "  market COMMAND --help                     options, ranges and defaults");
        return new CommandLine(market);
    }

    private static void addRemote(Map<CommandSpec, Consumer<CommandSpec>> commands) {
        commands.put(command("list", "Lists the runs of an orchestrator service."), RemoteCommandLines::addList);
        commands.put(
                command("watch", "Follows a run of an orchestrator service to its end."), RemoteCommandLines::addWatch);
        commands.put(
                command("pause", "Holds a run of an orchestrator service before its next step; resume lets it go on."),
                RemoteCommandLines::addRun);
        commands.put(
                command("step", "Lets a paused run of an orchestrator service take some steps."),
                RemoteCommandLines::addStep);
        commands.put(
                command("stop", "Ends a run of an orchestrator service after its step; resume lets it go on."),
                RemoteCommandLines::addRun);
        commands.put(
                command("remove", "Removes a run of an orchestrator service that is over, with its files."),
                RemoteCommandLines::addRun);
        commands.put(
                command("fetch", "Fetches the files of a run of an orchestrator service."),
                RemoteCommandLines::addFetch);
        commands.put(
                command("agents", "Registers, lists, checks and removes agents, and assigns them while runs go on."),
                RemoteCommandLines::addAgents);
    }

    private static void addSweep(CommandSpec spec, boolean headings) {
        addRunOptions(spec, headings);
        addText(
                spec,
                SweepCommand.SEEDS,
                "COUNT",
                "number of runs of each combination, of seeds from --seed on (a whole number from 1 to 1000000); default 1");
        addText(
                spec,
                SweepCommand.REPETITIONS,
                "COUNT",
                "number of runs of each seed where anybody is a model, whose answers differ (a whole number from 1 to 1000);"
                        + " default 1");
        addManner(spec, "");
        addFlag(
                spec,
                SweepCommand.DISTRIBUTE,
                "have the runs done by the orchestrators that take requests from the broker of --kafka, and wait for what"
                        + " they come to");
        addFlag(
                spec,
                SweepCommand.DRY_RUN,
                "say how many cells there are, how much time and memory they take and how many calls of models, and start"
                        + " nothing");
        spec.usageMessage()
                .footer(
                        "",
                        "Every option of a run may have many values: a list such as 0.1,0.2,0.8 or, of numbers, a range",
                        "FROM:TO:STEP such as 0:1.5:0.15, with both ends. Only what is said of the whole sweep has one:",
                        "where files go, budgets and limits.",
                        "",
                        "Examples:",
                        "  market sweep --J 0:1.5:0.15 --rho 0.05,0.1,0.2,0.4,0.8,1.2 --seeds 5 --Nt 4000 --num-buyers 1000",
                        "  market sweep --file sweep.yaml --out sweeps/first",
                        "  market sweep --file sweep.yaml --distribute --kafka localhost:9092",
                        "  market sweep --J 0.85 --rho 0.8 --Nt 400 --sellers rule,llm --model gpt-4o-mini --max-calls 5000",
                        "",
                        "Exit codes: 3 when a cell failed, 4 when the budget was spent; the other cells are done.");
    }

    /** How a sweep is run, whether it begins or goes on. */
    private static void addManner(CommandSpec spec, String ofSweeps) {
        addText(
                spec,
                SweepCommand.AT_ONCE,
                "COUNT",
                ofSweeps
                        + "most markets at once (a whole number from 1 to 10000); of rules never more than cores; default "
                        + (ofSweeps.isEmpty() ? "one a core, with models 32" : "as it was"));
        addFlag(
                spec,
                SweepCommand.KEEP_RUNS,
                ofSweeps + "keep the files of every run; those with models keep them anyway");
    }

    private static void addFlag(CommandSpec spec, String option, String description) {
        spec.addOption(OptionSpec.builder(option)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build());
    }

    private static void addRun(CommandSpec spec, boolean headings) {
        addRunOptions(spec, headings);
        String name = spec.name();
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market " + name + " --J 1.0 --rho 0.8 --Nt 400",
                        "  market " + name + " --J 1.0 --rho 0.8 --Nt 4000 --num-buyers 1000 --seed 7 --out runs/first",
                        "  market " + name + " --file run.yaml --J 0.5",
                        "  market " + name + " --J 1 --rho 0.8 --Nt 400 --seller-target localhost:9001"
                                + " --buyer-target localhost:9002",
                        "",
                        "A run file holds lines such as 'J: 1.0' and 'num-buyers: 5000'. Prices, preferences and costs",
                        "are in units of utility, shares are fractions of all buyers.");
    }

    private static void addRunOptions(CommandSpec spec, boolean headings) {
        int order = 0;
        for (Setting.Section section : Setting.Section.values()) {
            List<OptionSpec> options = new ArrayList<>();
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.section() == section)
                    .forEach(setting -> options.add(option(setting)));
            if (section == Setting.Section.OUTPUT) {
                options.add(runFile());
            }
            if (headings) {
                ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                        .heading("%n" + section.heading() + "%n")
                        .order(order++)
                        .validate(false);
                options.forEach(group::addArg);
                spec.addArgGroup(group.build());
            } else {
                options.forEach(spec::addOption);
            }
        }
    }

    private static void addPrompt(CommandSpec spec, boolean headings) {
        addRunOptions(spec, headings);
        spec.addOption(OptionSpec.builder(STEP)
                .paramLabel("STEP")
                .type(String.class)
                .description(
                        "first step to look at (a whole number from 1); until then all follow the rules; default 1")
                .build());
        spec.addOption(OptionSpec.builder(BUYER)
                .paramLabel("BUYER")
                .type(String.class)
                .description("number of the buyer whose questions to print (from 0); default the first that is asked")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market prompt --J 1 --rho 0.8 --Nt 400 --sellers llm --model gpt-4o-mini --step 10",
                        "  market prompt --J 1 --rho 0.8 --Nt 400 --buyers llm --model gpt-4o-mini --prompt terse");
    }

    private static void addReplay(CommandSpec spec) {
        spec.addPositional(earlierRun());
        addBroker(spec);
        for (Setting setting : List.of(Setting.OUT, Setting.FIGURE, Setting.NO_FIGURE, Setting.QUIET)) {
            spec.addOption(option(setting));
        }
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market replay runs/first --out runs/first-again",
                        "  market replay first --kafka localhost:9092");
    }

    private static void addResume(CommandSpec spec) {
        spec.addPositional(earlierRun());
        Arrays.stream(Setting.values())
                .filter(ResumeCommand.SETTINGS::contains)
                .forEach(setting -> spec.addOption(option(setting)));
        addManner(spec, "of a sweep: ");
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market resume runs/first",
                        "  market resume runs/first --max-calls 2000     after a budget was spent",
                        "",
                        "Budgets count what the run has used from its beginning. All that is not given is as it was.");
    }

    private static void addFork(CommandSpec spec) {
        spec.addPositional(earlierRun());
        spec.addOption(step(
                ForkCommand.AT,
                "last step to share (a whole number from 0, the opening, to the run's last); must be given"));
        spec.addOption(OptionSpec.builder(ForkCommand.PRICE_SHOCK)
                .paramLabel("SELLER=PRICE")
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("sets a seller's price where the runs part; may be given once for each seller")
                .build());
        addBroker(spec);
        Arrays.stream(Setting.values())
                .filter(ForkCommand::mayChange)
                .forEach(setting -> spec.addOption(option(setting)));
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market fork runs/first --at 200 --rho 0.1",
                        "  market fork runs/first --at 200 --price-shock 3=0.5 --out runs/shocked",
                        "  market fork runs/first --at 200 --sellers llm --model gpt-4o-mini --max-calls 500",
                        "  market fork first --kafka localhost:9092 --at 200 --rho 0.1",
                        "",
                        "The log of the new run is a file in any case.",
                        "All that is not given is as in the run. Buyers, sellers, preferences, seed and generator are those",
                        "of the run. Models decide anew after the step; budgets count from the run's beginning.");
    }

    private static void addDiff(CommandSpec spec) {
        spec.addPositional(earlierRun(0, "A"));
        spec.addPositional(earlierRun(1, "B"));
        addBroker(spec);
        spec.addOption(OptionSpec.builder(Setting.OUT.firstName())
                .paramLabel("DIR")
                .type(String.class)
                .description("draw diff.png and diff.svg there; a directory, new or without such files")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market diff runs/first runs/second",
                        "  market diff runs/first runs/second --out comparison",
                        "  market diff runs/first second --kafka localhost:9092",
                        "",
                        "The exit code is 0 whether they differ or not.");
    }

    private static void addFigures(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("SWEEP")
                .arity("1")
                .type(String.class)
                .description("directory of the sweep, which may be unfinished")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Example:",
                        "  market figures sweeps/first",
                        "",
                        "The figures go to SWEEP/figures, the tables beside runs.csv; those that were there are replaced.");
    }

    private static void addCompare(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .paramLabel("A")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(
                        "directories of sweeps, of runs, or with directories of runs in them; the others are compared"
                                + " with the first")
                .build());
        addText(
                spec,
                CompareCommand.MEASURE,
                "NAMES",
                "order parameters, as run.json names them, with commas between them; default all");
        addText(
                spec,
                CompareCommand.CONFIDENCE,
                "NUMBER",
                "confidence of the intervals (a number from 0.5 to 0.999); default 0.95");
        addText(
                spec,
                CompareCommand.RESAMPLES,
                "COUNT",
                "resamples of the bootstrap and of a test on many pairs (a whole number from 1000 to 1000000); default"
                        + " 10000");
        addText(
                spec,
                Setting.SEED.firstName(),
                "COUNT",
                "seed of the resampling (a whole number from 0 to 4294967295); default 42");
        addText(
                spec,
                Setting.OUT.firstName(),
                "DIR",
                "where compare.csv, compare.png and compare.svg go; a directory, new or without such files, default "
                        + CompareCommand.DEFAULT_OUT);
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market compare sweeps/rule sweeps/model-x sweeps/model-y --out comparison",
                        "  market compare runs/rule runs/model --measure mean_leader_share,industry_profit",
                        "",
                        "Compared are markets with the same settings and the same seed that all have finished. A sweep over",
                        "models is as many kinds of agents.");
    }

    private static void addEvents(CommandSpec spec) {
        spec.addPositional(earlierRun());
        addBroker(spec);
        spec.addOption(step(FROM, "first step to print (a whole number from 0); default 0, the start and the opening"));
        spec.addOption(step(TO, "last step to print (a whole number from 0); default the last that there is"));
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market events runs/first | head -n 3",
                        "  market events runs/first --from 100 --to 100",
                        "  market events first --kafka localhost:9092 | tail -n 1",
                        "",
                        "An event is the JSON mapping of interregnum.event.v1.MarketEvent. The end of a run belongs to its",
                        "last step.");
    }

    private static void addExport(CommandSpec spec) {
        spec.addPositional(earlierRun());
        addBroker(spec);
        spec.addOption(OptionSpec.builder(ExportCommand.FORMAT)
                .paramLabel("FORMAT")
                .type(String.class)
                .description(ExportCommand.FORMATS + "; must be given")
                .build());
        spec.addOption(OptionSpec.builder(Setting.OUT.firstName())
                .paramLabel("DIR")
                .type(String.class)
                .description(
                        "where the files go; a directory, new or without such files, default RUN/export, or RUN-export"
                                + " of a run that has no directory here")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market export runs/first --format parquet",
                        "  market export runs/first --format csv --out tables",
                        "  market export first --kafka localhost:9092 --format parquet --out tables",
                        "",
                        "parquet, csv and jsonl have the tables series (a row a point and seller), steps (a row a step) and,",
                        "of a run with models, decisions; npz has the arrays of series.npz.");
    }

    private static OptionSpec step(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel("STEP")
                .type(String.class)
                .description(description)
                .build();
    }

    /** For commands that read a run and leave its writer alone. */
    private static void addBroker(CommandSpec spec) {
        addText(
                spec,
                Setting.KAFKA.firstName(),
                Setting.KAFKA.label(),
                "Kafka broker of a run that is named by its id, or whose broker has moved; it is only read, and whoever"
                        + " writes it goes on");
    }

    private static PositionalParamSpec earlierRun() {
        return earlierRun(0, "RUN");
    }

    private static PositionalParamSpec earlierRun(int position, String name) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(position))
                .paramLabel(name)
                .arity("1")
                .type(String.class)
                .description((name.equals("RUN") ? "directory of the run" : "directory of a run")
                        + "; with --kafka its id also")
                .build();
    }

    private static void addUp(CommandSpec up) {
        CommandSpec kafka = command(
                "kafka",
                "Starts a Kafka of one node, a process of its own that listens on this machine only. Its data stay when"
                        + " it is stopped.");
        kafka.addOption(OptionSpec.builder(PORT)
                .paramLabel("PORT")
                .type(String.class)
                .description("port to listen on (a whole number from 1 to 65535); default " + UpCommand.DEFAULT_PORT)
                .build());
        kafka.addOption(OptionSpec.builder(DATA)
                .paramLabel("DIR")
                .type(String.class)
                .description("directory of its data, made when it is missing; default interregnum/kafka in"
                        + " $XDG_DATA_HOME, or else in ~/.local/share")
                .build());
        kafka.usageMessage()
                .footer("", "Examples:", "  market up kafka", "  market up kafka --port 19092 --data ./kafka-data");
        up.addSubcommand("kafka", kafka);
        addText(
                up,
                DATA,
                "DIR",
                "directory of their data, made when it is missing; default interregnum in $XDG_DATA_HOME, or else in"
                        + " ~/.local/share");
        for (UpCommand.Part part : UpCommand.Part.values()) {
            addText(
                    up,
                    part.portOption(),
                    "PORT",
                    "port of the " + part.inWords() + " (a whole number from 1 to 65535); default "
                            + part.defaultPort());
        }
        up.usageMessage()
                .footer("", "Examples:", "  market up", "  market up --data ./market-data", "  market up kafka");
    }

    private static void addServices(CommandSpec serve) {
        serve.addSubcommand("seller", service("seller", 9001));
        serve.addSubcommand("buyer", service("buyer", 9002));
        serve.addSubcommand("orchestrator", orchestrator());
        serve.addSubcommand("scripted-model", scriptedModel());
        serve.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market serve seller --port 9001",
                        "  market serve buyer --port 9002 --host 0.0.0.0",
                        "  market serve orchestrator --seller-agent localhost:9001 --buyer-agent localhost:9002",
                        "  market serve scripted-model --port 18080");
    }

    private static CommandSpec orchestrator() {
        CommandSpec spec = command(
                "orchestrator",
                "Serves many runs over HTTP until it is stopped, and goes on with those that it finds unfinished when it"
                        + " starts. Without a token it listens on this machine only: set INTERREGNUM_TOKEN to open it.");
        addAddress(spec, ServeCommand.ORCHESTRATOR_PORT);
        addText(spec, DATA, "DIR", "directory of the runs, made when it is missing; default runs");
        addText(
                spec,
                Setting.KAFKA.firstName(),
                "HOST:PORT",
                "Kafka broker that keeps the logs; without one they are files in the runs' directories");
        addText(spec, SELLER_AGENT, "HOST:PORT", "agent service that decides prices where a run names none");
        addText(spec, BUYER_AGENT, "HOST:PORT", "agent service that decides choices where a run names none");
        addText(
                spec,
                TAKE_REQUESTS,
                "COUNT",
                "take runs of sweeps from the broker of --kafka instead of serving HTTP, so many at a time (a whole number"
                        + " from 1 to 1000); rules are followed in this process where no agent service is named");
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market serve orchestrator --kafka localhost:9092 --seller-agent localhost:9001 --buyer-agent"
                                + " localhost:9002",
                        "  market serve orchestrator --kafka localhost:9092 --take-requests 2");
        return spec;
    }

    private static void addText(CommandSpec spec, String option, String label, String description) {
        spec.addOption(OptionSpec.builder(option)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build());
    }

    private static CommandSpec service(String kind, int port) {
        CommandSpec spec = command(kind, "Serves " + kind + "s, of rules and models, over gRPC until it is stopped.");
        addAddress(spec, port);
        return spec;
    }

    private static CommandSpec scriptedModel() {
        CommandSpec spec = command(
                "scripted-model",
                "Serves OpenAI's chat protocol until it is stopped, with answers by simple rules instead of a language"
                        + " model: for trying things without a key, for tests and for load. Every request draws one"
                        + " trouble or none, so all rates together are at most 1.");
        addAddress(spec, ScriptedModelCommand.DEFAULT_PORT);
        for (ScriptedModelSetting setting : ScriptedModelSetting.values()) {
            spec.addOption(OptionSpec.builder(setting.option())
                    .paramLabel(setting.label())
                    .type(String.class)
                    .description(setting.help())
                    .build());
        }
        spec.usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  market serve scripted-model --port 18080",
                        "  market serve scripted-model --latency 200ms --rate-limit-rate 0.1 --misfit-rate 0.05");
        return spec;
    }

    private static void addAddress(CommandSpec spec, int port) {
        spec.addOption(OptionSpec.builder(PORT)
                .paramLabel("PORT")
                .type(String.class)
                .description("port to listen on (a whole number from 1 to 65535); default " + port)
                .build());
        spec.addOption(OptionSpec.builder(HOST)
                .paramLabel("HOST")
                .type(String.class)
                .description("address to listen on, 0.0.0.0 for all (a host name or an IP address); default 127.0.0.1")
                .build());
    }

    static OptionSpec option(Setting setting) {
        OptionSpec.Builder option =
                OptionSpec.builder(setting.names().toArray(String[]::new)).description(setting.help());
        if (setting.isFlag()) {
            return option.arity("0").type(boolean.class).build();
        }
        return option.paramLabel(setting.label()).arity("1").type(String.class).build();
    }

    private static OptionSpec runFile() {
        return OptionSpec.builder(FILE)
                .paramLabel("FILE")
                .type(String.class)
                .description("run file in YAML with the options' names as keys; options override what it says")
                .build();
    }

    static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create();
        spec.name(name);
        spec.version("market " + BuildVersion.get());
        spec.parser(new ParserSpec()
                .expandAtFiles(false)
                .allowOptionsAsOptionParameters(false)
                .caseInsensitiveEnumValuesAllowed(false));
        spec.usageMessage()
                .description(description)
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .width(100)
                .optionListHeading("%n");
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help and exit")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the version and exit")
                .build());
        return spec;
    }
}
