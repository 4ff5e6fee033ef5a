package org.interregnum.orchestrator.adapter.grpc;

/**
 * How large a market may be so that a question about a price, which is one message with a premium of each buyer seen,
 * stays within what the contract lets agents refuse.
 */
public final class PricingQuestionSize {
    /** Bytes that a seller agent takes in one message, says the contract. */
    private static final int LARGEST_MESSAGE = 16 << 20;

    /** Room for all that does not grow with the market: identifier of the run, numbers, names, and their tags. */
    private static final int FIXED = 4096;

    private static final int BYTES_PER_SELLER = 2 * Double.BYTES;

    // So many standard deviations above the mean no run will ever see.
    private static final double DEVIATIONS = 10;

    private PricingQuestionSize() {}

    /** Most sellers of a market in which one buyer can be seen. */
    public static int mostSellers() {
        return (LARGEST_MESSAGE - FIXED - Double.BYTES) / BYTES_PER_SELLER;
    }

    /**
     * Most buyers of a market.
     *
     * @param sellers number of sellers, at most {@link #mostSellers()}
     * @param visibility probability that a buyer is seen, in [0, 1]; the fewer are seen the more there may be
     */
    public static int mostBuyers(int sellers, double visibility) {
        double seen = (LARGEST_MESSAGE - FIXED - (double) BYTES_PER_SELLER * sellers) / Double.BYTES;
        if (visibility == 0) {
            return Integer.MAX_VALUE;
        }
        // Solves n v + 10 sqrt(n v (1 - v)) = seen for the square root of the mean n v.
        double spread = DEVIATIONS * Math.sqrt(1 - visibility);
        double rootOfMean = (Math.sqrt(spread * spread + 4 * seen) - spread) / 2;
        double most = Math.floor(rootOfMean * rootOfMean / visibility);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(most, Math.floor(seen)));
    }
}
