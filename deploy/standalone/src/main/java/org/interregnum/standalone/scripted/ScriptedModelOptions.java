package org.interregnum.standalone.scripted;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a scripted model behaves.
 *
 * @param latency how long every answer takes, at least 0
 * @param retryAfter seconds to wait that come with status 429, at least 0
 * @param rates probability of each trouble, in [0, 1] and together at most 1; 0 where there is none
 * @param seed of the draws of trouble
 */
public record ScriptedModelOptions(Duration latency, int retryAfter, Map<AnswerKind, Double> rates, long seed) {
    /** Answers at once and without trouble. */
    public static final ScriptedModelOptions PLAIN = new ScriptedModelOptions(Duration.ZERO, 1, Map.of(), 1);

    /** Decimal fractions that make 1 on paper may add up to a little more. */
    private static final double ROUNDING = 1e-9;

    /** Checks the ranges. */
    public ScriptedModelOptions {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency " + latency + ": must be at least 0");
        }
        if (retryAfter < 0) {
            throw new IllegalArgumentException("time to wait " + retryAfter + ": must be at least 0");
        }
        rates = Map.copyOf(rates);
        for (Map.Entry<AnswerKind, Double> entry : rates.entrySet()) {
            double rate = entry.getValue();
            if (!AnswerKind.troubles().contains(entry.getKey())) {
                throw new IllegalArgumentException(entry.getKey() + ": must be a trouble, which can be given a rate");
            }
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate " + rate + ": must be from 0 to 1");
            }
        }
        if (!isAtMostOne(rates)) {
            throw new IllegalArgumentException("rates " + rates + ": must be at most 1 together");
        }
    }

    /** Whether rates leave room for each other, as those of a model must. */
    public static boolean isAtMostOne(Map<AnswerKind, Double> rates) {
        return rates.values().stream().mapToDouble(Double::doubleValue).sum() <= 1 + ROUNDING;
    }

    /** The same with another latency. */
    public ScriptedModelOptions withLatency(Duration other) {
        return new ScriptedModelOptions(other, retryAfter, rates, seed);
    }

    /** The same with another time to wait after status 429, in seconds. */
    public ScriptedModelOptions withRetryAfter(int seconds) {
        return new ScriptedModelOptions(latency, seconds, rates, seed);
    }

    /** The same with another probability of one trouble. */
    public ScriptedModelOptions withRate(AnswerKind trouble, double rate) {
        Map<AnswerKind, Double> others = new EnumMap<>(AnswerKind.class);
        others.putAll(rates);
        others.put(trouble, rate);
        return new ScriptedModelOptions(latency, retryAfter, others, seed);
    }

    /** The same with another seed. */
    public ScriptedModelOptions withSeed(long other) {
        return new ScriptedModelOptions(latency, retryAfter, rates, other);
    }
}
