package org.interregnum.seller.llm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptKind;
import org.interregnum.languagemodel.wording.PromptWording;
import org.interregnum.languagemodel.wording.TwoDecimals;

/** Puts a pricing situation into words. */
final class PricePrompt {
    private static final String RESEARCH = "research";
    private static final String NOBODY_SEEN = "nobody-seen";
    private static final String COST = "cost";

    /** What wordings may speak of. */
    static final PromptKind KIND = new PromptKind(
            "price",
            Set.of("step", "seller", "sellers", "price", "share", "count", "rivals", "form"),
            Map.of(
                    RESEARCH,
                    Set.of(
                            "mean",
                            "median",
                            "standard-deviation",
                            "minimum",
                            "maximum",
                            "percentile-25",
                            "percentile-75",
                            "histogram"),
                    NOBODY_SEEN,
                    Set.of(),
                    COST,
                    Set.of("unit-cost", "cost-cap")));

    private PricePrompt() {}

    /**
     * What a model is told.
     *
     * @throws ArithmeticException when the premiums are so large that a statistic is not finite
     */
    static Prompt of(PricingSituation situation, PromptWording wording) {
        Map<String, String> values = new HashMap<>();
        Set<String> sections = new HashSet<>();
        int seller = situation.seller();
        values.put("step", Long.toString(situation.step()));
        values.put("seller", Integer.toString(seller));
        values.put("sellers", Integer.toString(situation.prices().length));
        values.put("price", TwoDecimals.of(situation.prices()[seller]));
        values.put("share", TwoDecimals.of(situation.shares()[seller]));
        values.put("count", Integer.toString(situation.count()));
        values.put("rivals", rivals(situation));
        values.put("form", PriceAnswer.FORM.inWords());
        if (situation.unitCost() > 0) {
            sections.add(COST);
            values.put("unit-cost", TwoDecimals.of(situation.unitCost()));
            values.put("cost-cap", TwoDecimals.of(situation.costCap()));
        }
        if (situation.information() == Information.RESEARCH && situation.count() == 0) {
            sections.add(NOBODY_SEEN);
        } else if (situation.information() == Information.RESEARCH) {
            sections.add(RESEARCH);
            tell(PremiumStatistics.of(situation.premiums(), situation.count()), values);
        }
        return wording.fill(values, sections);
    }

    private static void tell(PremiumStatistics statistics, Map<String, String> values) {
        values.put("mean", TwoDecimals.of(statistics.mean()));
        values.put("median", TwoDecimals.of(statistics.median()));
        values.put("standard-deviation", TwoDecimals.of(statistics.standardDeviation()));
        values.put("minimum", TwoDecimals.of(statistics.minimum()));
        values.put("maximum", TwoDecimals.of(statistics.maximum()));
        values.put("percentile-25", TwoDecimals.of(statistics.percentile25()));
        values.put("percentile-75", TwoDecimals.of(statistics.percentile75()));
        values.put("histogram", histogram(statistics));
    }

    private static String histogram(PremiumStatistics statistics) {
        StringBuilder lines = new StringBuilder();
        int last = statistics.bins().length - 1;
        for (int bin = 0; bin <= last; bin++) {
            lines.append('[')
                    .append(TwoDecimals.of(statistics.edges()[bin]))
                    .append(", ")
                    .append(TwoDecimals.of(statistics.edges()[bin + 1]))
                    .append(bin == last ? "]: " : "): ")
                    .append(statistics.bins()[bin])
                    .append('\n');
        }
        return lines.toString();
    }

    private static String rivals(PricingSituation situation) {
        StringBuilder lines = new StringBuilder();
        for (int rival = 0; rival < situation.prices().length; rival++) {
            if (rival != situation.seller()) {
                lines.append("Seller ")
                        .append(rival)
                        .append(": price ")
                        .append(TwoDecimals.of(situation.prices()[rival]))
                        .append(", market share ")
                        .append(TwoDecimals.of(situation.shares()[rival]))
                        .append('\n');
            }
        }
        return lines.toString();
    }
}
