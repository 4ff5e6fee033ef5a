package org.interregnum.standalone.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.standalone.cli.QuestionScout.Asked;

/** {@code market prompt}: prints what models would be told at a step, and asks nobody. */
final class PromptCommand {
    private final Console console;

    PromptCommand(Console console) {
        this.console = console;
    }

    int execute(RunRequest request, Given step, Optional<Given> buyer) {
        if (request.spec().models().isEmpty()) {
            throw new BadInputException(
                    "nobody is a model: must have --sellers llm or --buyers llm, or a run file with models");
        }
        MemoryNeed.of(request.spec()).require(request.spec());
        long from = wholeNumber(
                step,
                1,
                request.spec().steps(),
                "must be a step of the run, from 1 to " + request.spec().steps());
        int only = buyer.map(text -> (int) wholeNumber(
                        text,
                        0,
                        request.spec().market().buyers() - 1,
                        "must be a buyer, from 0 to " + (request.spec().market().buyers() - 1)))
                .orElse(-1);
        List<Asked> asked = new QuestionScout(request.spec()).from(from);
        if (asked.isEmpty()) {
            console.out().println("From step " + from + " on no model is asked anything.");
            return ExitCode.DONE;
        }
        List<Asked> shown = chosen(asked, only);
        if (shown.isEmpty()) {
            throw buyer.orElseThrow()
                    .isBad("is not asked at step " + asked.get(0).question().step()
                            + "; must be one of those that are");
        }
        ModelPrompts prompts = new ModelPrompts();
        shown.forEach(one -> print(one, prompts.of(one.question(), one.model())));
        if (shown.size() < asked.size() && only < 0) {
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "(%d more questions at this step are put to other buyers; --buyer shows those of one)",
                            asked.size() - shown.size()));
        }
        return ExitCode.DONE;
    }

    /** The seller's question and those of one buyer: the first that is asked unless another is wanted. */
    private static List<Asked> chosen(List<Asked> asked, int buyer) {
        int shown = buyer >= 0
                ? buyer
                : asked.stream()
                        .filter(one -> !(one.question() instanceof ModelQuestion.Price))
                        .mapToInt(one -> one.question().subject())
                        .findFirst()
                        .orElse(-1);
        return asked.stream()
                .filter(one -> one.question() instanceof ModelQuestion.Price
                        ? buyer < 0
                        : one.question().subject() == shown)
                .toList();
    }

    private static long wholeNumber(Given text, long least, long most, String rule) {
        if (!text.text().matches("\\d{1,18}")
                || Long.parseLong(text.text()) < least
                || Long.parseLong(text.text()) > most) {
            throw text.isBad(rule);
        }
        return Long.parseLong(text.text());
    }

    private void print(Asked asked, Prompt prompt) {
        ModelQuestion question = asked.question();
        ModelSettings model = asked.model();
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "=== step %d, %s of %s %d; model %s at %s; wording %s, SHA-256 %s",
                        question.step(),
                        question.kind().name().toLowerCase(Locale.ROOT),
                        question instanceof ModelQuestion.Price ? "seller" : "buyer",
                        question.subject(),
                        model.model(),
                        model.baseUrl(),
                        prompt.variant(),
                        prompt.hash()));
        console.out().println("--- system");
        console.out().println(prompt.system().stripTrailing());
        console.out().println("--- user");
        console.out().println(prompt.user().stripTrailing());
        console.out().println();
    }
}
