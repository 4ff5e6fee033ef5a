package org.interregnum.standalone.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.interregnum.orchestrator.model.MarketParameters;
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
        print(request);
        line("memory", MemoryNeed.text(memory.needed()) + " of " + MemoryNeed.text(memory.available()) + " available");
        line("steps", Integer.toString(request.spec().steps()));
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
        line(
                "sellers",
                request.sellerTarget().map(target -> "service at " + target).orElse("rule in this process"));
        line(
                "buyers",
                request.buyerTarget().map(target -> "service at " + target).orElse("rule in this process"));
        line("figure", request.figure() ? "yes" : "no");
    }

    private void line(String name, String value) {
        console.out().println(String.format(Locale.ROOT, "%-12s %s", name, value));
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
