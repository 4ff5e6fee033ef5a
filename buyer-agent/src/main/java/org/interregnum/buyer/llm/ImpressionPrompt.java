package org.interregnum.buyer.llm;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptKind;
import org.interregnum.languagemodel.wording.PromptWording;

/** Puts the question what a buyer now thinks of its seller into words. */
final class ImpressionPrompt {
    /** What wordings may speak of. */
    static final PromptKind KIND =
            new PromptKind("impression", Set.of("seller", "current-seller", "others", "form"), Map.of());

    static final AnswerForm<Impression> FORM = new ImpressionForm();

    private ImpressionPrompt() {}

    /** What a model is told. */
    static Prompt of(ImpressionSituation situation, PromptWording wording) {
        int current = situation.currentSeller();
        double[] prices = situation.prices();
        double[] shares = situation.shares();
        StringJoiner others = new StringJoiner("\n");
        for (int seller = 0; seller < prices.length; seller++) {
            if (seller != current) {
                others.add(SellerLine.of(seller, prices, shares));
            }
        }
        return wording.fill(
                Map.of(
                        "seller", Integer.toString(current),
                        "current-seller", SellerLine.of(current, prices, shares, situation.impression()),
                        "others", others.toString(),
                        "form", FORM.inWords()),
                Set.of());
    }
}
