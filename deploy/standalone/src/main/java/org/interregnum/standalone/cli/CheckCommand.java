package org.interregnum.standalone.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.recording.RunPlace;
import org.interregnum.orchestrator.request.Choices;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.run.RunSpec;

/** {@code market check}: says what a run would be and what it would need, and starts nothing. */
final class CheckCommand {
    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    int execute(RunRequest request) {
        RunPlace.find(request.out());
        MemoryNeed memory = MemoryNeed.of(request.spec());
        memory.require(request.spec());
        ModelPrompts.requireWordings(request.spec().models());
        print(request);
        line("memory", MemoryNeed.text(memory.needed()) + " of " + MemoryNeed.text(memory.available()) + " available");
        line("steps", Integer.toString(request.spec().steps()));
        if (!request.spec().models().isEmpty()) {
            ModelForecast forecast = new ModelForecast(request.spec());
            forecast.lines().forEach((who, use) -> line("will ask", who + ": " + use + ", without repetitions"));
            forecast.paces().forEach(pace -> line("pace", pace));
            new ModelKeys(System.getenv()).lines(request.spec().models()).forEach(key -> line("key", key));
            line(
                    "may spend",
                    budget(request.rules().budget())
                            + (forecast.exceeds(request.rules().budget())
                                    ? ", which is less than it will want: it will stop there, and can be resumed"
                                    : ""));
        }
        line("files", request.out().map(Path::toString).orElse("runs/<time>-<id>"));
        return ExitCode.DONE;
    }

    private void print(RunRequest request) {
        RunSpec spec = request.spec();
        MarketParameters market = spec.market();
        line("J", market.scaledNetworkEffect() + " (J of the utility: " + rounded(market.networkEffect()) + ")");
        line(
                "rho",
                market.updateRate() + " (a buyer acts in a step with probability "
                        + rounded(market.activityProbability()) + ")");
        line("Nt", Integer.toString(spec.points()));
        line("num-buyers", Integer.toString(market.buyers()));
        line("num-sellers", Integer.toString(market.sellers()));
        line("mu", Double.toString(market.preferenceMean()));
        line("sigma", Double.toString(market.preferenceDeviation()));
        line("unit-cost", Double.toString(market.unitCost()));
        line("cost-cap", Double.toString(market.costCap()));
        line("noise", Double.toString(market.noise()));
        line("visibility", Double.toString(market.visibility()));
        line("seed", Long.toString(spec.seed()));
        line("generator", spec.generator());
        line("burn-in", Double.toString(spec.burnIn()));
        line("sellers", sellers(request));
        line("buyers", buyers(request));
        line("figure", request.figure() ? "yes" : "no");
    }

    private static String sellers(RunRequest request) {
        List<String> who = new ArrayList<>();
        request.spec()
                .models()
                .sellers()
                .forEach(range -> who.add("%d to %d: %s, told %s"
                        .formatted(
                                range.first(),
                                range.last(),
                                model(range.model()),
                                Choices.name(range.information()).replace('_', '-'))));
        if (request.hasRuleSellers()) {
            who.add((who.isEmpty() ? "" : "the others: ") + rule(request.sellerTarget()));
        }
        return String.join("; ", who);
    }

    private static String buyers(RunRequest request) {
        List<String> who = new ArrayList<>();
        int models = 0;
        for (BuyerCohort cohort : request.spec().models().buyers()) {
            who.add("%d of %d: %s"
                    .formatted(cohort.buyers().length, request.spec().market().buyers(), model(cohort.model())));
            models += cohort.buyers().length;
        }
        if (models < request.spec().market().buyers()) {
            who.add((who.isEmpty() ? "" : "the others: ") + rule(request.buyerTarget()));
        }
        return String.join("; ", who);
    }

    private static String rule(Optional<AgentAddress> target) {
        return target.map(address -> "service at " + address).orElse("rule in this process");
    }

    private static String model(ModelSettings model) {
        return "model %s at %s%s, wording %s"
                .formatted(
                        model.model(),
                        model.baseUrl(),
                        model.agent().isEmpty() ? "" : " through the service at " + model.agent(),
                        model.promptVariant());
    }

    /** Limits in words. */
    static String budget(Budget budget) {
        List<String> limits = new ArrayList<>();
        if (budget.calls() != Long.MAX_VALUE) {
            limits.add(budget.calls() + " calls");
        }
        if (budget.tokens() != Long.MAX_VALUE) {
            limits.add(budget.tokens() + " tokens");
        }
        if (budget.cost() != Double.POSITIVE_INFINITY) {
            limits.add("cost "
                    + BigDecimal.valueOf(budget.cost()).stripTrailingZeros().toPlainString());
        }
        return limits.isEmpty() ? "without a limit (--max-calls, --max-tokens, --max-cost)" : String.join(", ", limits);
    }

    private void line(String name, String value) {
        console.out().println(String.format(Locale.ROOT, "%-12s %s", name, value));
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
