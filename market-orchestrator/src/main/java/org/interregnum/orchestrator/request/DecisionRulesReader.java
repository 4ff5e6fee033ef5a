package org.interregnum.orchestrator.request;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.interregnum.orchestrator.decision.Budget;
import org.interregnum.orchestrator.decision.DecisionRules;
import org.interregnum.orchestrator.decision.FailurePolicy;
import org.interregnum.orchestrator.model.InvalidParameterException;

/** Reads when a run with models stops early. */
public final class DecisionRulesReader {
    private final Map<Setting, Given> given;

    private DecisionRulesReader(Map<Setting, Given> given) {
        this.given = given;
    }

    /**
     * The rules that were given, and the defaults of the others.
     *
     * @throws BadInputException when a value is not in its range
     */
    public static DecisionRules read(Map<Setting, Given> given) {
        try {
            return new DecisionRulesReader(given).rules();
        } catch (InvalidParameterException e) {
            throw Setting.ofParameter(e.parameter())
                    .map(given::get)
                    .map(value -> value.isBad(e.rule()))
                    .orElseGet(() -> BadInputException.about(e.parameter(), e.value(), e.rule()));
        }
    }

    private DecisionRules rules() {
        return new DecisionRules(
                value(Setting.ON_FAILURE, (setting, text) -> Choices.of(FailurePolicy.class, setting, text))
                        .orElse(FailurePolicy.HOLD),
                value(Setting.MAX_FALLBACK_RATE, Values::number).orElse(DecisionRules.DEFAULT_MAX_FALLBACK_RATE),
                new Budget(
                        value(Setting.MAX_CALLS, DecisionRulesReader::count).orElse(Long.MAX_VALUE),
                        value(Setting.MAX_TOKENS, DecisionRulesReader::count).orElse(Long.MAX_VALUE),
                        value(Setting.MAX_COST, Values::number).orElse(Double.POSITIVE_INFINITY)));
    }

    private static long count(Setting setting, Given text) {
        return Values.wholeNumber(setting, text, 1, Long.MAX_VALUE - 1);
    }

    private <T> Optional<T> value(Setting setting, BiFunction<Setting, Given, T> parser) {
        return Optional.ofNullable(given.get(setting)).map(text -> parser.apply(setting, text));
    }
}
