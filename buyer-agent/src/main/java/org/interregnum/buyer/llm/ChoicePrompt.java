package org.interregnum.buyer.llm;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptKind;
import org.interregnum.languagemodel.wording.PromptWording;

/** Puts the question from whom a buyer buys into words. */
final class ChoicePrompt {
    /** What wordings may speak of. */
    static final PromptKind KIND = new PromptKind("choice", Set.of("sellers", "form"), Map.of());

    private ChoicePrompt() {}

    /** What a model is told. */
    static Prompt of(ChoiceSituation situation, PromptWording wording) {
        int number = situation.prices().length;
        StringJoiner sellers = new StringJoiner("\n");
        for (int seller = 0; seller < number; seller++) {
            sellers.add(SellerLine.of(
                    seller,
                    situation.prices(),
                    situation.shares(),
                    situation.impressions().get(seller)));
        }
        return wording.fill(Map.of("sellers", sellers.toString(), "form", new ChoiceForm(number).inWords()), Set.of());
    }
}
