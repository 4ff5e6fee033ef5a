package org.interregnum.languagemodel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all decisions that ask one endpoint share, so that together they do not overburden it. */
final class Endpoint {
    private final Pacing pacing;
    private final EndpointGate gate;
    private final RepetitionBudget repetitions = new RepetitionBudget();
    private final Map<String, AnswerTimes> answerTimes = new ConcurrentHashMap<>();

    Endpoint(Pacing pacing) {
        this.pacing = pacing;
        gate = new EndpointGate(pacing);
    }

    /** Through which every call to it goes. */
    EndpointGate gate() {
        return gate;
    }

    /** How many repetitions it may still be burdened with. */
    RepetitionBudget repetitions() {
        return repetitions;
    }

    /** How long one of its models takes to answer. */
    AnswerTimes answerTimes(String model) {
        return answerTimes.computeIfAbsent(model, unknown -> new AnswerTimes(pacing));
    }

    /**
     * Which endpoint is meant.
     *
     * @param name its name
     * @param baseUrl its address
     */
    record Identity(String name, String baseUrl) {}
}
