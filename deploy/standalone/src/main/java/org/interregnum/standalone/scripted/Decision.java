package org.interregnum.standalone.scripted;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A decision of the rules, and the ways of putting it into words.
 *
 * @param form what it decides
 * @param answer the answer in the form asked for; empty when no rule is for the question
 */
record Decision(Form form, ObjectNode answer) {
    /** The choice of no seller. */
    static final int NOBODY = -1;

    private static final double DIGITS = 10_000;

    static Decision price(String reason, double price) {
        return new Decision(Form.PRICE, reason(reason).put(Form.PRICE.property(), rounded(Math.max(0, price))));
    }

    /** @param impression its position among {@link PromptFacts#IMPRESSIONS} */
    static Decision impression(int impression) {
        return new Decision(
                Form.IMPRESSION, empty().put(Form.IMPRESSION.property(), PromptFacts.IMPRESSIONS.get(impression)));
    }

    static Decision choice(String reason, int seller) {
        return new Decision(Form.CHOICE, reason(reason).put(Form.CHOICE.property(), seller));
    }

    static Decision none() {
        return new Decision(Form.UNKNOWN, empty());
    }

    /** The answer asked for; a sentence where no rule is for the question. */
    String inForm() {
        return form == Form.UNKNOWN
                ? "I answer by rules, and have rules for prices, impressions and choices of a seller only."
                : answer.toString();
    }

    /** The answer asked for, within sentences and a fence. */
    String inProse() {
        return "Let me think about this market step by step. The numbers above matter most, so my answer is:\n\n"
                + "```json\n" + inForm() + "\n```\n\nTell me if you would like to hear more about my reasons.";
    }

    /** No JSON: words alone, or JSON that breaks off. Takes turns. */
    String asGarbage(long turn) {
        return turn % 2 == 0
                ? "It depends on what the others do, and I would rather not say."
                : "{\"reason\": \"The numbers above matter most, so my answer";
    }

    /** JSON of another form: a value of the wrong type, none, or one that cannot be. Takes turns. */
    String asMisfit(long turn) {
        ObjectNode misfit = answer.deepCopy();
        String property = form == Form.UNKNOWN ? "answer" : form.property();
        switch ((int) (turn % 3)) {
            case 0 -> misfit.put(property, form == Form.IMPRESSION ? "splendid" : "the usual");
            case 1 -> misfit.remove(property);
            default -> {
                if (form == Form.CHOICE) {
                    misfit.put(property, Integer.MAX_VALUE);
                } else {
                    misfit.putNull(property);
                }
            }
        }
        return misfit.toString();
    }

    private static ObjectNode reason(String reason) {
        return empty().put("reason", reason);
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static double rounded(double price) {
        return Math.round(price * DIGITS) / DIGITS;
    }
}
