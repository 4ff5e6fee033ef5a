package org.interregnum.standalone.scripted;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.interregnum.standalone.scripted.PromptFacts.SellerLine;

/**
 * What the scripted model decides: simple rules on the numbers of the prompt, and a hash of the prompt where there are
 * none. The same text is always answered the same.
 */
final class Rules {
    /** Labels of the premiums' quantiles, from the lowest to the highest; equally many buyers are between any two. */
    private static final String[] QUANTILES = {"minimum", "25th percentile", "median", "75th percentile", "maximum"};

    /** Raises compared between any two quantiles. */
    private static final int STEPS = 25;

    /** Worth of an impression to a buyer: the middles of the classes of preferences with mean 0.5 and deviation 1. */
    private static final double[] WORTH = {-1.5, -0.5, 0.5, 1.5, 2.5};

    /** How much cheaper than others a seller is, from which on it is thought of as neutral, good and so on. */
    private static final double[] CHEAPER = {-0.5, -0.1, 0.1, 0.5};

    private static final double LARGEST_STEP = 0.1;
    private static final int SELLERS_AT_LEAST = 3;

    private final PromptFacts facts;
    private final long hash;

    private Rules(String text) {
        facts = PromptFacts.in(text);
        hash = hash(text);
    }

    /** Decides on a text, in the form asked for. */
    static Decision decide(Form form, String text) {
        Rules rules = new Rules(text);
        return switch (form) {
            case PRICE -> rules.price();
            case IMPRESSION -> rules.impression();
            case CHOICE -> rules.choice();
            case UNKNOWN -> Decision.none();
        };
    }

    private Decision price() {
        OptionalDouble price = facts.own("price");
        double[] quantiles = quantiles();
        if (price.isPresent() && quantiles.length > 0) {
            return Decision.price(
                    "The buyers that this price keeps pay the most in total.",
                    price.getAsDouble() + bestRaise(price.getAsDouble(), quantiles));
        }
        if (!facts.sellers().isEmpty()) {
            return followRivals();
        }
        return Decision.price("Nothing is known, so any price will do.", fraction());
    }

    private double[] quantiles() {
        double[] quantiles = new double[QUANTILES.length];
        for (int i = 0; i < quantiles.length; i++) {
            OptionalDouble quantile = facts.number(QUANTILES[i]);
            if (quantile.isEmpty()) {
                return new double[0];
            }
            quantiles[i] = quantile.getAsDouble();
        }
        return quantiles;
    }

    /** The raise with the largest income from those who stay, as if premiums were even between the quantiles. */
    private static double bestRaise(double price, double[] quantiles) {
        int raises = STEPS * (quantiles.length - 1);
        double best = 0;
        double bestIncome = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < raises; i++) {
            int quantile = i / STEPS;
            double part = (double) (i % STEPS) / STEPS;
            double raise = quantiles[quantile] + part * (quantiles[quantile + 1] - quantiles[quantile]);
            double staying = 1 - (double) i / raises;
            double income = staying * (price + raise);
            if (income > bestIncome) {
                bestIncome = income;
                best = raise;
            }
        }
        return best;
    }

    /** A little above the rivals' mean for who has a larger share than they, otherwise a little below. */
    private Decision followRivals() {
        double mean = meanPrice(facts.sellers().values());
        double meanShare = facts.sellers().values().stream()
                .mapToDouble(SellerLine::share)
                .average()
                .orElse(0);
        double step = LARGEST_STEP * fraction() * (0.2 + mean);
        boolean isAhead = facts.own("share").orElse(meanShare) >= meanShare;
        return isAhead
                ? Decision.price("A share like this bears a price above the rivals' mean.", mean + step)
                : Decision.price("A share like this needs a price below the rivals' mean.", mean - step);
    }

    private Decision impression() {
        OptionalInt current = facts.currentSeller();
        Map<Integer, SellerLine> others = facts.sellers();
        SellerLine own = current.isPresent() ? others.remove(current.getAsInt()) : null;
        OptionalDouble price = own == null ? facts.own("price") : OptionalDouble.of(own.price());
        if (price.isEmpty() || others.isEmpty()) {
            return Decision.impression(Math.floorMod(hash, PromptFacts.IMPRESSIONS.size()));
        }
        double cheaper = meanPrice(others.values()) - price.getAsDouble();
        int impression = 0;
        while (impression < CHEAPER.length && cheaper >= CHEAPER[impression]) {
            impression++;
        }
        return Decision.impression(impression);
    }

    private Decision choice() {
        if (facts.sellers().isEmpty()) {
            int any = Math.floorMod(hash, SELLERS_AT_LEAST + 1) - 1;
            return Decision.choice("Nothing is known, so any seller will do.", any);
        }
        int chosen = Decision.NOBODY;
        double most = 0;
        for (Map.Entry<Integer, SellerLine> entry : facts.sellers().entrySet()) {
            SellerLine seller = entry.getValue();
            double worth = WORTH[seller.impression()] + seller.share() - seller.price();
            if (worth > most) {
                most = worth;
                chosen = entry.getKey();
            }
        }
        return Decision.choice(
                chosen == Decision.NOBODY
                        ? "No seller is worth its price."
                        : "Impression and market share, less the price, are highest there.",
                chosen);
    }

    private static double meanPrice(Collection<SellerLine> sellers) {
        return sellers.stream().mapToDouble(SellerLine::price).average().orElse(0);
    }

    /** The hash as a number in [0, 1). */
    private double fraction() {
        return (hash >>> 11) * 0x1p-53;
    }

    /** FNV-1a, then mixed so that texts that differ in one digit have nothing in common. */
    private static long hash(String text) {
        long hash = 0xCBF2_9CE4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100_0000_01B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return hash ^ (hash >>> 33);
    }
}
