package org.interregnum.orchestrator.adapter.export;

import java.math.BigDecimal;
import java.util.Locale;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.run.RunSpec;

/**
 * What stands above a figure.
 *
 * @param title the parameters, in one line
 * @param subtitle the regime or whatever else was found; may be empty
 */
public record FigureCaption(String title, String subtitle) {
    /** The caption of a run: J̄, ρ, N, M and the seed, and whatever of the rest is not at its default. */
    public static FigureCaption of(RunSpec spec, String subtitle) {
        MarketParameters market = spec.market();
        StringBuilder title = new StringBuilder(String.format(
                Locale.ROOT,
                "J\u0304 = %s, ρ = %s, N = %d, M = %d",
                plain(market.scaledNetworkEffect()),
                plain(market.updateRate()),
                market.buyers(),
                market.sellers()));
        addUnless(MarketParameters.DEFAULT_PREFERENCE_MEAN, "μ", market.preferenceMean(), title);
        addUnless(MarketParameters.DEFAULT_PREFERENCE_DEVIATION, "σ", market.preferenceDeviation(), title);
        addUnless(0, "b", market.unitCost(), title);
        addUnless(MarketParameters.defaultCostCap(market.sellers()), "a", market.costCap(), title);
        addUnless(0, "noise", market.noise(), title);
        addUnless(1, "visibility", market.visibility(), title);
        title.append(", seed ").append(spec.seed());
        return new FigureCaption(title.toString(), subtitle);
    }

    private static void addUnless(double usual, String name, double value, StringBuilder title) {
        if (value != usual) {
            title.append(", ").append(name).append(" = ").append(plain(value));
        }
    }

    private static String plain(double value) {
        String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return text.length() <= 10 ? text : Double.toString(value);
    }
}
