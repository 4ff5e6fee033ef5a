package org.interregnum.standalone.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Values;
import org.interregnum.standalone.scripted.AnswerKind;
import org.interregnum.standalone.scripted.ScriptedModel;
import org.interregnum.standalone.scripted.ScriptedModelOptions;
import picocli.CommandLine.ParseResult;

/** {@code market serve scripted-model}: an endpoint that answers by rules, in this process. */
final class ScriptedModelCommand {
    static final int DEFAULT_PORT = 18_080;

    private static final int LONGEST_RETRY_AFTER = 86_400;
    private static final long LARGEST_SEED = 4_294_967_295L;

    private final Console console;

    ScriptedModelCommand(Console console) {
        this.console = console;
    }

    int execute(ParseResult result) {
        ScriptedModelOptions options = options(result);
        String host = result.matchedOptionValue(CommandLines.HOST, "127.0.0.1");
        int port = ServeCommand.port(result.matchedOptionValue(CommandLines.PORT, Integer.toString(DEFAULT_PORT)));
        ServeCommand.requireFree(host, port);
        try (ScriptedModel model = ScriptedModel.start(options, host, port)) {
            console.out()
                    .printf(
                            "scripted model listens on http://%s:%d/v1 (answers by rules, not a language model)%n",
                            host.contains(":") ? "[" + host + "]" : host, model.port());
            console.out().flush();
            // Until a signal ends the process, with the virtual machine's own exit code.
            new CountDownLatch(1).await();
            return ExitCode.DONE;
        } catch (IOException e) {
            throw BadInputException.about(
                    CommandLines.PORT, Integer.toString(port), "cannot be opened; must be a free port from 1 to 65535");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static ScriptedModelOptions options(ParseResult result) {
        Map<AnswerKind, Double> rates = new EnumMap<>(AnswerKind.class);
        List<String> given = new ArrayList<>();
        for (ScriptedModelSetting setting : ScriptedModelSetting.values()) {
            if (setting.isRate()) {
                double rate = rate(setting, value(setting, result));
                rates.put(setting.trouble(), rate);
                if (rate > 0) {
                    given.add(setting.option() + " " + value(setting, result).text());
                }
            }
        }
        if (!ScriptedModelOptions.isAtMostOne(rates)) {
            throw new BadInputException(String.join(", ", given) + ": must be at most 1 together");
        }
        return new ScriptedModelOptions(
                Values.duration(value(ScriptedModelSetting.LATENCY, result), ScriptedModelSetting.LATENCY.rule()),
                (int) wholeNumber(ScriptedModelSetting.RETRY_AFTER, LONGEST_RETRY_AFTER, result),
                rates,
                wholeNumber(ScriptedModelSetting.SEED, LARGEST_SEED, result));
    }

    private static double rate(ScriptedModelSetting setting, Given given) {
        double rate = Values.number(given, setting.rule());
        if (!(rate >= 0 && rate <= 1)) {
            throw given.isBad(setting.rule());
        }
        return rate;
    }

    private static long wholeNumber(ScriptedModelSetting setting, long most, ParseResult result) {
        return Values.wholeNumber(value(setting, result), 0, most, setting.rule());
    }

    private static Given value(ScriptedModelSetting setting, ParseResult result) {
        return new Given(setting.option(), result.matchedOptionValue(setting.option(), setting.preset()));
    }
}
