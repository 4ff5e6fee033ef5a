package org.interregnum.orchestrator.request;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything about a run that can be set, as an option or in a run file: its names, its range, its help. */
public enum Setting {
    NETWORK_EFFECT(
            Section.REQUIRED,
            "scaledNetworkEffect",
            "NUMBER",
            "a number from 0 to 1e9",
            "network effect, scaled (J-bar): how much a seller's market share adds to what it is worth to a buyer",
            "",
            "--J",
            "--network-effect"),
    UPDATE_RATE(
            Section.REQUIRED,
            "updateRate",
            "NUMBER",
            "a number above 0 and at most M / ln(M)",
            "update rate of buyers relative to sellers; a buyer acts in a step with probability rho * ln(M) / M, and"
                    + " M / ln(M) is 4.34 for 10 sellers",
            "",
            "--rho",
            "--update-rate"),
    POINTS(
            Section.REQUIRED,
            "points",
            "COUNT",
            "a whole number from 1 to 1000000000",
            "points of the time series, the opening included, so one more than the steps",
            "",
            "--Nt",
            "--points"),
    BUYERS(
            Section.MARKET,
            "buyers",
            "COUNT",
            "a whole number from 1 to 1000000000",
            "buyers N",
            "5000, 100 with --buyers llm",
            "--num-buyers"),
    SELLERS(
            Section.MARKET,
            "sellers",
            "COUNT",
            "a whole number from 3 to 1000000000",
            "sellers M",
            "10",
            "--num-sellers"),
    PREFERENCE_MEAN(
            Section.MARKET,
            "preferenceMean",
            "NUMBER",
            "a number from -1e9 to 1e9",
            "mean of the buyers' preferences",
            "0.5",
            "--mu"),
    PREFERENCE_DEVIATION(
            Section.MARKET,
            "preferenceDeviation",
            "NUMBER",
            "a number from 0 to 1e9",
            "standard deviation of the buyers' preferences",
            "1",
            "--sigma"),
    UNIT_COST(
            Section.MARKET,
            "unitCost",
            "NUMBER",
            "a number from 0 to 1e9",
            "cost of a unit of market share",
            "0",
            "--unit-cost"),
    COST_CAP(
            Section.MARKET,
            "costCap",
            "NUMBER",
            "a number from 0 to 1",
            "market share above which cost stops growing",
            "0.8 / M",
            "--cost-cap"),
    NOISE(
            Section.MARKET,
            "noise",
            "NUMBER",
            "a number from 0 to 1e9",
            "standard deviation of the noise on a best-response price",
            "0",
            "--noise"),
    VISIBILITY(
            Section.MARKET,
            "visibility",
            "NUMBER",
            "a number from 0 to 1",
            "probability that a seller's market research sees a buyer",
            "1",
            "--visibility"),
    SEED(
            Section.CHANCE,
            "seed",
            "COUNT",
            "a whole number from 0 to 4294967295",
            "seed of all draws: same seed, same run",
            "42",
            "--seed"),
    GENERATOR(
            Section.CHANCE,
            "generator",
            "NAME",
            "one of numpy, philox",
            "numpy draws what the published code draws, philox is for large markets",
            "numpy",
            "--generator"),
    SELLER_STRATEGY(
            Section.MODELS,
            "",
            "NAME",
            "one of rule, llm",
            "who decides prices: the best-response rule or a language model",
            "rule",
            "--sellers"),
    BUYER_STRATEGY(
            Section.MODELS,
            "",
            "NAME",
            "one of rule, llm",
            "who decides choices: the utility rule, or for a part of the buyers a language model",
            "rule",
            "--buyers"),
    RATIO(
            Section.MODELS,
            "ratio",
            "FRACTION",
            "a number above 0 and at most 1",
            "fraction of the buyers that are models, with --buyers llm",
            "1",
            "--ratio"),
    MODEL(
            Section.MODELS,
            "model",
            "NAME",
            "the name of a model, such as gpt-4o-mini",
            "model to ask, as its provider calls it; needed with llm",
            "",
            "--model"),
    BASE_URL(
            Section.MODELS,
            "baseUrl",
            "URL",
            "a URL that begins with http:// or https://, such as http://localhost:8000/v1",
            "where the model is served",
            "where the provider has it, such as https://api.openai.com/v1",
            "--base_url",
            "--base-url"),
    PROVIDER(
            Section.MODELS,
            "",
            "NAME",
            "one of openai, anthropic, ollama",
            "interface that the server speaks; most speak openai's",
            "openai",
            "--provider"),
    ENDPOINT(
            Section.MODELS,
            "endpoint",
            "NAME",
            "letters, digits, '.', '_' and '-'",
            "name of the server; its key is read from the environment, from NAME_API_KEY in capitals",
            "the provider's",
            "--endpoint"),
    TEMPERATURE(
            Section.MODELS,
            "temperature",
            "NUMBER",
            "a number from 0 to 2",
            "temperature of the model's sampling",
            "the server's",
            "--temperature"),
    INFORMATION(
            Section.MODELS,
            "",
            "NAME",
            "one of research, price-only",
            "what sellers that are models are told: market research, or only prices and shares",
            "research",
            "--information"),
    ACTIVATION(
            Section.MODELS,
            "",
            "NAME",
            "one of scheduled, every-step",
            "when buyers that are models act: when drawn, as the others, or in every step, as in the published code",
            "scheduled",
            "--llm-activation"),
    STRUCTURED(
            Section.MODELS,
            "",
            "NAME",
            "one of json_schema, json_object, none",
            "how the server is made to answer in JSON",
            "json_schema",
            "--structured"),
    PROMPT(
            Section.MODELS,
            "promptVariant",
            "NAME",
            "letters, digits and '-'",
            "wording of the prompts: plain, terse, or one of a folder that INTERREGNUM_PROMPTS names",
            "plain",
            "--prompt"),
    MAX_OUTPUT_TOKENS(
            Section.MODELS,
            "maxOutputTokens",
            "COUNT",
            "a whole number from 1 to 1000000",
            "most tokens of one answer",
            "1000",
            "--max-output-tokens"),
    IN_FLIGHT(
            Section.MODELS,
            "callsInFlight",
            "COUNT",
            "a whole number from 1 to 10000",
            "most calls under way at a server at once",
            "32",
            "--in-flight"),
    CALLS_PER_MINUTE(
            Section.MODELS,
            "callsPerMinute",
            "COUNT",
            "a whole number from 1 to 1000000",
            "most calls a minute to a server, over all runs of a process",
            "no limit",
            "--calls-per-minute"),
    CALL_TIMEOUT(
            Section.MODELS,
            "callTimeout",
            "DURATION",
            "a duration from 1ms to 1h, such as 500ms, 10s or 2m",
            "longest wait for the answer to one call",
            "60s",
            "--call-timeout"),
    ON_FAILURE(
            Section.MODELS,
            "",
            "NAME",
            "one of hold, stop",
            "when a model does not decide acceptably: keep the price or the choice, or stop the run",
            "hold",
            "--on-failure"),
    MAX_FALLBACK_RATE(
            Section.MODELS,
            "maxFallbackRate",
            "FRACTION",
            "a number from 0 to 1",
            "stop when more than this fraction of the last 100 decisions was kept for want of an answer",
            "0.05",
            "--max-fallback-rate"),
    MAX_CALLS(
            Section.MODELS,
            "maxCalls",
            "COUNT",
            "a whole number from 1",
            "most calls that the run may make",
            "",
            "--max-calls"),
    MAX_TOKENS(
            Section.MODELS,
            "maxTokens",
            "COUNT",
            "a whole number from 1",
            "most tokens, of questions and answers together, that the run may use",
            "",
            "--max-tokens"),
    MAX_COST(
            Section.MODELS,
            "maxCost",
            "NUMBER",
            "a number above 0",
            "most money that the run may spend; needs the prices",
            "",
            "--max-cost"),
    INPUT_PRICE(
            Section.MODELS,
            "inputPrice",
            "NUMBER",
            "a number from 0 to 1e9",
            "price of a million tokens of questions",
            "",
            "--price-input"),
    OUTPUT_PRICE(
            Section.MODELS,
            "outputPrice",
            "NUMBER",
            "a number from 0 to 1e9",
            "price of a million tokens of answers",
            "",
            "--price-output"),
    SELLER_TARGET(
            Section.AGENTS,
            "",
            "HOST:PORT",
            "HOST:PORT with a port from 1 to 65535",
            "seller agent service that decides prices; without it this process does",
            "",
            "--seller-target"),
    BUYER_TARGET(
            Section.AGENTS,
            "",
            "HOST:PORT",
            "HOST:PORT with a port from 1 to 65535",
            "buyer agent service that decides choices; without it this process does",
            "",
            "--buyer-target"),
    DEADLINE(
            Section.AGENTS,
            "",
            "DURATION",
            "a duration from 1ms to 1h, such as 500ms, 10s or 2m",
            "longest wait for a decision: of an agent service, or of a model with all its calls",
            "10s, 3m of a model",
            "--deadline"),
    BATCH_SIZE(
            Section.AGENTS,
            "",
            "COUNT",
            "a whole number from 1 to 1000000",
            "most buyers in one question to the buyer agent service",
            "10000",
            "--batch-size"),
    BURN_IN(
            Section.OUTPUT,
            "burnIn",
            "FRACTION",
            "a number from 0 to below 1",
            "fraction of the points that the summary leaves out at the beginning",
            "0.25",
            "--burn-in"),
    OUT(Section.OUTPUT, "", "DIR", "a new or empty directory", "where the run's files go", "runs/<time>-<id>", "--out"),
    KAFKA(
            Section.OUTPUT,
            "",
            "HOST:PORT",
            "HOST:PORT with a port from 1 to 65535",
            "Kafka broker that keeps the log instead of a file; 'market up kafka' starts one",
            "",
            "--kafka"),
    KAFKA_VALUES(
            Section.OUTPUT,
            "",
            "NAME",
            "one of protobuf, json",
            "how events are written there",
            "protobuf",
            "--kafka-values"),
    FIGURE(
            Section.OUTPUT,
            "",
            null,
            "true or false",
            "draw market.png and market.svg; this is the default",
            "",
            "--fig"),
    NO_FIGURE(Section.OUTPUT, "", null, "true or false", "draw no figure", "", "--no-fig"),
    QUIET(Section.OUTPUT, "", null, "true or false", "show no progress; errors and the summary remain", "", "--quiet");

    /** Headings of the help, in its order. */
    public enum Section {
        REQUIRED("Required, here or in a run file:"),
        MARKET("The market:"),
        CHANCE("Chance:"),
        MODELS("Language models:"),
        AGENTS("Agents as services:"),
        OUTPUT("Output:");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }
    }

    private final Section section;
    private final String parameter;
    private final String label;
    private final String range;
    private final String help;
    private final String preset;
    // Made by List.of, which the checker cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> names;

    Setting(
            Section section,
            String parameter,
            String label,
            String range,
            String help,
            String preset,
            String... names) {
        this.section = section;
        this.parameter = parameter;
        this.label = label;
        this.range = range;
        this.help = help;
        this.preset = preset;
        this.names = List.of(names);
    }

    public Section section() {
        return section;
    }

    /** Names of the option, the research code's first. */
    public List<String> names() {
        return names;
    }

    public String firstName() {
        return names.get(0);
    }

    /** Placeholder of the value in the help; null for a flag. */
    public String label() {
        return label;
    }

    /** Its first name as files have it, without dashes in front, such as {@code rho}. */
    public String shortName() {
        return firstName().substring(2);
    }

    /** Whether its values are numbers. */
    public boolean isNumber() {
        return "NUMBER".equals(label) || "COUNT".equals(label) || "FRACTION".equals(label);
    }

    /** Whether its values are whole numbers. */
    public boolean isCount() {
        return "COUNT".equals(label);
    }

    /**
     * Whether it has an effect where sellers, or buyers, are models; settings that do not concern models always have.
     */
    public boolean applies(boolean sellersAreModels, boolean buyersAreModels) {
        if (section != Section.MODELS || this == SELLER_STRATEGY || this == BUYER_STRATEGY) {
            return true;
        }
        return switch (this) {
            case RATIO, ACTIVATION -> buyersAreModels;
            case INFORMATION -> sellersAreModels;
            default -> sellersAreModels || buyersAreModels;
        };
    }

    /** What it needs to have an effect, as an option. */
    String needed() {
        return switch (this) {
            case RATIO, ACTIVATION -> "--buyers llm";
            case INFORMATION -> "--sellers llm";
            default -> "--sellers llm or --buyers llm";
        };
    }

    public boolean isFlag() {
        return label == null;
    }

    /** What a value may be, as the end of a sentence. */
    public String rule() {
        return "must be " + range;
    }

    /** Line of the help: what it is, its range and its default. */
    public String help() {
        if (isFlag()) {
            return help;
        }
        return help + "; " + range + (preset.isEmpty() ? "" : ", default " + preset);
    }

    /** Whether it can differ between the models of one run. */
    public boolean isOfOneModel() {
        return switch (this) {
            case RATIO,
                    MODEL,
                    BASE_URL,
                    PROVIDER,
                    ENDPOINT,
                    TEMPERATURE,
                    INFORMATION,
                    STRUCTURED,
                    PROMPT,
                    MAX_OUTPUT_TOKENS,
                    IN_FLIGHT,
                    CALLS_PER_MINUTE,
                    CALL_TIMEOUT,
                    DEADLINE,
                    INPUT_PRICE,
                    OUTPUT_PRICE -> true;
            default -> false;
        };
    }

    /** The settings of which nothing holds any more when these are said later: the two of figures are one. */
    public static Set<Setting> replacedBy(Set<Setting> later) {
        Set<Setting> replaced = new HashSet<>(later);
        if (replaced.contains(FIGURE) || replaced.contains(NO_FIGURE)) {
            replaced.addAll(List.of(FIGURE, NO_FIGURE));
        }
        return replaced;
    }

    /** The setting with an option of this name, such as {@code --rho}. */
    public static Optional<Setting> ofOption(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.names.contains(name))
                .findFirst();
    }

    /** The setting behind a parameter that a record complained about. */
    public static Optional<Setting> ofParameter(String parameter) {
        return Arrays.stream(values())
                .filter(setting -> !parameter.isEmpty() && setting.parameter.equals(parameter))
                .findFirst();
    }
}
