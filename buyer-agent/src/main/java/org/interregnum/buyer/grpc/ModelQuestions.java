package org.interregnum.buyer.grpc;

import static org.interregnum.agent.BundledAgent.MODEL;
import static org.interregnum.agent.RequestRules.refused;
import static org.interregnum.agent.RequestRules.require;
import static org.interregnum.agent.RequestRules.requireMarket;
import static org.interregnum.agent.RequestRules.requireStrategy;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.agent.v1.ChooseSellerRequest;
import org.interregnum.agent.v1.MarketView;
import org.interregnum.agent.v1.UpdateImpressionRequest;
import org.interregnum.buyer.llm.ChoiceAnswer;
import org.interregnum.buyer.llm.ChoiceSituation;
import org.interregnum.buyer.llm.Impression;
import org.interregnum.buyer.llm.ImpressionSituation;

/** Reads what models are asked about out of the contract's messages, by its rules. */
final class ModelQuestions {
    private ModelQuestions() {}

    static ImpressionSituation situation(UpdateImpressionRequest request) {
        requireCommon(request.getStrategy(), request.getStep(), request.hasMarket(), request.getMarket());
        MarketView market = request.getMarket();
        int current = request.getCurrentSeller();
        require(
                current >= 0 && current < market.getPricesCount(),
                "current_seller",
                current,
                "must be one of the sellers of the market");
        require(
                isKnown(request.getImpression()),
                "impression",
                request.getImpressionValue(),
                "must be one of the contract's impressions");
        return new ImpressionSituation(
                array(market.getPricesList()),
                array(market.getSharesList()),
                current,
                impression(request.getImpression()));
    }

    static ChoiceSituation situation(ChooseSellerRequest request) {
        requireCommon(request.getStrategy(), request.getStep(), request.hasMarket(), request.getMarket());
        MarketView market = request.getMarket();
        int sellers = market.getPricesCount();
        int current = request.getCurrentSeller();
        require(
                current >= ChoiceAnswer.NONE && current < sellers,
                "current_seller",
                current,
                "must be one of the sellers of the market, or -1 for none");
        require(
                request.getImpressionsCount() == sellers,
                "the number of impressions",
                request.getImpressionsCount(),
                "must be that of the sellers, " + sellers);
        List<Impression> impressions = new ArrayList<>();
        for (int seller = 0; seller < sellers; seller++) {
            if (!isKnown(request.getImpressions(seller))) {
                throw refused(
                        "impressions",
                        seller,
                        request.getImpressionsValue(seller),
                        "must be one of the contract's impressions");
            }
            impressions.add(impression(request.getImpressions(seller)));
        }
        return new ChoiceSituation(array(market.getPricesList()), array(market.getSharesList()), impressions);
    }

    private static void requireCommon(String strategy, long step, boolean hasMarket, MarketView market) {
        require(!strategy.isEmpty(), "strategy", "''", "must be one of a model");
        requireStrategy(strategy, List.of(MODEL));
        require(step >= 1, "step", step, "must be at least 1");
        requireMarket(hasMarket, market);
    }

    private static boolean isKnown(org.interregnum.agent.v1.Impression impression) {
        return switch (impression) {
            case IMPRESSION_UNSPECIFIED, UNRECOGNIZED -> false;
            default -> true;
        };
    }

    private static Impression impression(org.interregnum.agent.v1.Impression impression) {
        return switch (impression) {
            case IMPRESSION_TERRIBLE -> Impression.TERRIBLE;
            case IMPRESSION_BAD -> Impression.BAD;
            case IMPRESSION_NEUTRAL -> Impression.NEUTRAL;
            case IMPRESSION_GOOD -> Impression.GOOD;
            case IMPRESSION_EXCELLENT -> Impression.EXCELLENT;
            case IMPRESSION_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("not an impression: " + impression);
        };
    }

    /** An impression as the contract names it. */
    static org.interregnum.agent.v1.Impression message(Impression impression) {
        return switch (impression) {
            case TERRIBLE -> org.interregnum.agent.v1.Impression.IMPRESSION_TERRIBLE;
            case BAD -> org.interregnum.agent.v1.Impression.IMPRESSION_BAD;
            case NEUTRAL -> org.interregnum.agent.v1.Impression.IMPRESSION_NEUTRAL;
            case GOOD -> org.interregnum.agent.v1.Impression.IMPRESSION_GOOD;
            case EXCELLENT -> org.interregnum.agent.v1.Impression.IMPRESSION_EXCELLENT;
        };
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
