package org.interregnum.standalone.cli;

import java.util.Arrays;
import java.util.Optional;
import org.interregnum.standalone.scripted.AnswerKind;

/** Everything about the scripted model that can be set: its option, its range, its help. */
enum ScriptedModelSetting {
    LATENCY("--latency", "DURATION", "a duration from 0ms to 1h, such as 200ms", "how long every answer takes", "0ms"),
    RATE_LIMIT_RATE("--rate-limit-rate", AnswerKind.RATE_LIMITED, "refuse with status 429"),
    RETRY_AFTER("--retry-after", "SECONDS", "a whole number from 0 to 86400", "wait that comes with status 429", "1"),
    ERROR_RATE("--error-rate", AnswerKind.FAILED, "refuse with status 500"),
    HANG_RATE("--hang-rate", AnswerKind.HUNG, "never answer"),
    PROSE_RATE("--prose-rate", AnswerKind.PROSE, "wrap the right answer in sentences and a fence"),
    GARBAGE_RATE("--garbage-rate", AnswerKind.GARBAGE, "answer with what is no JSON"),
    MISFIT_RATE("--misfit-rate", AnswerKind.MISFIT, "answer with JSON of another form than the one asked for"),
    SEED(
            "--seed",
            "COUNT",
            "a whole number from 0 to 4294967295",
            "seed of the draws: same seed and same order of requests, same trouble",
            "1");

    private final String option;
    private final String label;
    private final String range;
    private final String help;
    private final String preset;
    private final AnswerKind trouble;

    ScriptedModelSetting(String option, String label, String range, String help, String preset) {
        this(option, label, range, help, preset, AnswerKind.RIGHT);
    }

    ScriptedModelSetting(String option, AnswerKind trouble, String help) {
        this(option, "NUMBER", "a number from 0 to 1", "probability to " + help, "0", trouble);
    }

    ScriptedModelSetting(String option, String label, String range, String help, String preset, AnswerKind trouble) {
        this.option = option;
        this.label = label;
        this.range = range;
        this.help = help;
        this.preset = preset;
        this.trouble = trouble;
    }

    String option() {
        return option;
    }

    /** Placeholder of the value in the help. */
    String label() {
        return label;
    }

    /** The text of the value when the option is not given. */
    String preset() {
        return preset;
    }

    boolean isRate() {
        return trouble != AnswerKind.RIGHT;
    }

    /** The trouble that this is the rate of; for rates only. */
    AnswerKind trouble() {
        return trouble;
    }

    /** What a value may be, as the end of a sentence. */
    String rule() {
        return "must be " + range;
    }

    /** Line of the help: what it is, its range and its default. */
    String help() {
        return help + "; " + range + ", default " + preset;
    }

    /** The setting with an option of this name, such as {@code --latency}. */
    static Optional<ScriptedModelSetting> ofOption(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.option.equals(name))
                .findFirst();
    }
}
