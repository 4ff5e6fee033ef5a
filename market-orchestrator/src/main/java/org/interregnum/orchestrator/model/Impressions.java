package org.interregnum.orchestrator.model;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What the buyers that are models think of every seller. Part of the market's state, since agents remember nothing. Only
 * {@code event.MarketHistory} changes it.
 */
public final class Impressions {
    private final int[] buyers;
    private final int sellers;
    private final Impression[] levels;

    /** Neutral impressions; {@code buyers} are the buyers that are models, ascending. */
    Impressions(int[] buyers, int sellers) {
        this.buyers = buyers;
        this.sellers = sellers;
        levels = new Impression[Math.multiplyExact(buyers.length, sellers)];
        Arrays.fill(levels, Impression.NEUTRAL);
    }

    /** The first impressions of some buyers, which their preferences make, buyer by buyer. */
    public static Impression[] first(int[] buyers, Preferences preferences, MarketParameters market) {
        Impression[] impressions = new Impression[buyers.length * market.sellers()];
        int at = 0;
        for (int buyer : buyers) {
            for (double[] column : preferences.columns()) {
                impressions[at++] = Impression.of(column[buyer], market.preferenceMean(), market.preferenceDeviation());
            }
        }
        return impressions;
    }

    /**
     * The impressions of buyers that are models from now on: those that were keep theirs, the others get those that they
     * would have opened with.
     *
     * @param next the buyers that are models from now on, ascending
     * @param preferences preferences of all buyers; asked for only where somebody was no model before
     * @return the impressions, buyer by buyer, seller 0 first
     */
    public Impression[] carriedTo(int[] next, Supplier<Preferences> preferences, MarketParameters market) {
        Impression[] impressions = new Impression[next.length * sellers];
        int[] others = Arrays.stream(next).filter(buyer -> !isHeldBy(buyer)).toArray();
        Impression[] first = others.length == 0 ? new Impression[0] : first(others, preferences.get(), market);
        int nextOther = 0;
        for (int index = 0; index < next.length; index++) {
            boolean isHeld = isHeldBy(next[index]);
            Impression[] source = isHeld ? of(next[index]) : first;
            System.arraycopy(source, isHeld ? 0 : sellers * nextOther++, impressions, sellers * index, sellers);
        }
        return impressions;
    }

    /** The buyers that are models, ascending. A live view, not to be written to. */
    public int[] buyers() {
        return buyers;
    }

    /** Whether a buyer is a model. */
    public boolean isHeldBy(int buyer) {
        return Arrays.binarySearch(buyers, buyer) >= 0;
    }

    /** What a buyer that is a model thinks of a seller. */
    public Impression of(int buyer, int seller) {
        return levels[index(buyer, seller)];
    }

    /** What a buyer that is a model thinks of every seller, seller 0 first. */
    public Impression[] of(int buyer) {
        Impression[] impressions = new Impression[sellers];
        for (int seller = 0; seller < sellers; seller++) {
            impressions[seller] = of(buyer, seller);
        }
        return impressions;
    }

    /** Replaces one impression. */
    public void set(int buyer, int seller, Impression impression) {
        levels[index(buyer, seller)] = impression;
    }

    /** Replaces all impressions, buyer by buyer, seller 0 first. */
    public void setAll(Impression[] impressions) {
        System.arraycopy(impressions, 0, levels, 0, levels.length);
    }

    /** Number of impressions: buyers that are models times sellers. */
    public int count() {
        return levels.length;
    }

    private int index(int buyer, int seller) {
        return Arrays.binarySearch(buyers, buyer) * sellers + seller;
    }
}
