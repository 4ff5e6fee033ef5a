package org.interregnum.buyer.grpc;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Bounds the meters of this agent: who asks names models, and each name would be kept for ever. */
final class BuyerAgentMeters {
    private static final int MOST_MODELS = 50;

    @Produces
    @Singleton
    MeterFilter fewModels() {
        return MeterFilter.maximumAllowableTags("gen_ai", "gen_ai.request.model", MOST_MODELS, MeterFilter.deny());
    }
}
