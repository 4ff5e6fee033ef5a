package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.CallLimit;
import org.interregnum.orchestrator.agent.ModelAssignment;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;

/** What limits of calls a minute mean for the time that something takes. */
final class ModelPaces {
    private static final double SECONDS_OF_A_MINUTE = 60;

    private final Map<CallLimit, Double> calls = new LinkedHashMap<>();

    /** Counts calls that a model will be asked for. */
    void add(ModelSettings model, double number) {
        model.callLimit().ifPresent(limit -> calls.merge(limit, number, Double::sum));
    }

    /** A line for each limit, such as {@code openai: at most 60 calls a minute, so at least 6 min 39 s}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        calls.forEach((limit, number) -> {
            // The first is made at once.
            double minutes = Math.max(0, number - 1) / limit.callsPerMinute();
            lines.add("%s: at most %s, so at least %s"
                    .formatted(limit.endpoint(), inWords(limit), Progress.duration((long)
                            Math.ceil(minutes * SECONDS_OF_A_MINUTE))));
        });
        return lines;
    }

    /** The limits of a run in words, such as {@code at most 60 calls a minute}; empty without one. */
    static List<String> inWords(ModelAssignment models) {
        String limits = Stream.concat(
                        models.sellers().stream().map(SellerRange::model),
                        models.buyers().stream().map(BuyerCohort::model))
                .flatMap(model -> model.callLimit().stream())
                .distinct()
                .map(ModelPaces::inWords)
                .collect(Collectors.joining(" and "));
        return limits.isEmpty() ? List.of() : List.of("at most " + limits);
    }

    private static String inWords(CallLimit limit) {
        return limit.callsPerMinute() + (limit.callsPerMinute() == 1 ? " call a minute" : " calls a minute");
    }
}
