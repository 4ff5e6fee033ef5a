package org.interregnum.standalone.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything about a run that can be set, as an option or in a run file: its names, its range, its help. */
enum Setting {
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
            "5000",
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
    SELLER_TARGET(
            Section.AGENTS,
            "",
            "HOST:PORT",
            "HOST:PORT with a port from 1 to 65535",
            "seller agent service to ask; without it sellers follow the rule in this process",
            "",
            "--seller-target"),
    BUYER_TARGET(
            Section.AGENTS,
            "",
            "HOST:PORT",
            "HOST:PORT with a port from 1 to 65535",
            "buyer agent service to ask; without it buyers follow the rule in this process",
            "",
            "--buyer-target"),
    DEADLINE(
            Section.AGENTS,
            "",
            "DURATION",
            "a duration from 1ms to 1h, such as 500ms, 10s or 2m",
            "longest wait for an agent service's decision",
            "10s",
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
    enum Section {
        REQUIRED("Required, here or in a run file:"),
        MARKET("The market:"),
        CHANCE("Chance:"),
        AGENTS("Agents:"),
        OUTPUT("Output:");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }

        String heading() {
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

    Section section() {
        return section;
    }

    /** Names of the option, the research code's first. */
    List<String> names() {
        return names;
    }

    String firstName() {
        return names.get(0);
    }

    /** Placeholder of the value in the help; null for a flag. */
    String label() {
        return label;
    }

    boolean isFlag() {
        return label == null;
    }

    /** What a value may be, as the end of a sentence. */
    String rule() {
        return "must be " + range;
    }

    /** Line of the help: what it is, its range and its default. */
    String help() {
        if (isFlag()) {
            return help;
        }
        return help + "; " + range + (preset.isEmpty() ? "" : ", default " + preset);
    }

    /** The setting with an option of this name, such as {@code --rho}. */
    static Optional<Setting> ofOption(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.names.contains(name))
                .findFirst();
    }

    /** The setting behind a parameter that a record complained about. */
    static Optional<Setting> ofParameter(String parameter) {
        return Arrays.stream(values())
                .filter(setting -> !parameter.isEmpty() && setting.parameter.equals(parameter))
                .findFirst();
    }
}
