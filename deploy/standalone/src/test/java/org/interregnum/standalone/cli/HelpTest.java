package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.run.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check",
                "prompt",
                "replay",
                "resume",
                "fork",
                "diff",
                "events",
                "export",
                "serve",
                "serve seller",
                "serve buyer",
                "serve scripted-model",
                "up",
                "up kafka",
                "list",
                "watch",
                "pause",
                "step",
                "stop",
                "fetch",
                "agents",
                "agents list",
                "agents register",
                "agents check",
                "agents remove",
                "agents assign"
            })
    void shouldHelpEverywhere(String command) {
        String[] arguments = (command + " --help").strip().split(" ");

        CommandRun run = CommandRun.of(arguments);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: " + ("market " + command).strip())
                .contains("--version");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void shouldExplainEverySetting(Setting setting) {
        String help = CommandRun.of("run", "--help").out().replaceAll("\\s+", " ");

        assertThat(help).contains(setting.names()).contains(setting.help());
    }

    @ParameterizedTest
    @EnumSource(ScriptedModelSetting.class)
    void shouldExplainEverySettingOfTheScriptedModel(ScriptedModelSetting setting) {
        String help = CommandRun.of("serve", "scripted-model", "--help").out().replaceAll("\\s+", " ");

        assertThat(help).contains(setting.option(), setting.help());
    }

    @Test
    void shouldListTheExitCodes() {
        String help = CommandRun.of("--help").out();

        assertThat(help.substring(help.indexOf("Exit codes:"), help.indexOf("Examples:"))
                        .lines()
                        .map(line -> line.strip().split(" ")[0]))
                .containsSubsequence("Exit", "0", "1", "2", "3", "130", "143");
    }

    @Test
    void shouldTellItsVersion() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("market \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(CommandRun.of("run", "--version").out()).isEqualTo(run.out());
    }

    /** The model checks values, the command line explains them; the two must say the same. */
    @Test
    void shouldGiveTheRangesThatTheModelGives() {
        assertSameRange(Setting.BUYERS, () -> MarketParameters.of(1, 0.8, 0, 10));
        assertSameRange(Setting.SELLERS, () -> MarketParameters.of(1, 0.8, 10, 2));
        assertSameRange(Setting.NETWORK_EFFECT, () -> MarketParameters.of(-1, 0.8));
        assertSameRange(Setting.UPDATE_RATE, () -> MarketParameters.of(1, 0));
        assertSameRange(Setting.PREFERENCE_MEAN, () -> market(Double.NaN, 1, 0, 0, 0, 1));
        assertSameRange(Setting.PREFERENCE_DEVIATION, () -> market(0, -1, 0, 0, 0, 1));
        assertSameRange(Setting.UNIT_COST, () -> market(0, 1, -1, 0, 0, 1));
        assertSameRange(Setting.COST_CAP, () -> market(0, 1, 0, 2, 0, 1));
        assertSameRange(Setting.NOISE, () -> market(0, 1, 0, 0, -1, 1));
        assertSameRange(Setting.VISIBILITY, () -> market(0, 1, 0, 0, 0, 2));
        assertSameRange(Setting.POINTS, () -> new RunSpec(MarketParameters.of(1, 0.8), 0, 1, "numpy", 0));
        assertSameRange(Setting.SEED, () -> new RunSpec(MarketParameters.of(1, 0.8), 1, -1, "numpy", 0));
        assertSameRange(Setting.BURN_IN, () -> new RunSpec(MarketParameters.of(1, 0.8), 1, 1, "numpy", 1));
    }

    private static MarketParameters market(
            double mean, double deviation, double unitCost, double costCap, double noise, double visibility) {
        return new MarketParameters(10, 10, 1, 0.8, mean, deviation, unitCost, costCap, noise, visibility);
    }

    private static void assertSameRange(Setting setting, Runnable invalid) {
        InvalidParameterException complaint = catchThrowableOfType(InvalidParameterException.class, invalid::run);

        assertThat(complaint.rule()).startsWith(setting.rule());
        assertThat(Setting.ofParameter(complaint.parameter())).contains(setting);
    }
}
