package org.interregnum.orchestrator.adapter.kafka;

/** How large the events of a market can become as records: known before the market is drawn. */
public final class RecordSize {
    /** Digits of a double, with what stands around them. */
    private static final int JSON_DOUBLE = 26;

    /** The longest name of an impression, with quotes and a comma. */
    private static final int JSON_IMPRESSION = 24;

    private RecordSize() {}

    /**
     * Most buyers whose events fit into a record, all of them acting and changing at once.
     *
     * @param sellers number of sellers
     * @param withModels whether buyers may be models, who have impressions
     */
    public static int mostBuyers(int sellers, boolean withModels, ValueFormat format) {
        double perBuyer;
        double others;
        switch (format) {
            case PROTOBUF -> {
                double choice = sellers <= 64 ? 1 : sellers <= 8192 ? 2 : 3;
                // A gap takes a byte for each 7 bits, and all gaps together are no more than the buyers.
                double gap = 1.02;
                perBuyer = Math.max(
                        choice + (withModels ? sellers : 0), 2 * gap + choice + (withModels ? 2 + 3 * gap : 0));
                others = 2.0 * Double.BYTES * sellers;
            }
            case JSON -> {
                double choice = Math.max(3, 1 + Integer.toString(sellers).length());
                double gap = 2.2;
                perBuyer = Math.max(
                        choice + (withModels ? JSON_IMPRESSION * (double) sellers : 0),
                        2 * gap + choice + (withModels ? JSON_IMPRESSION + 3 * gap : 0));
                others = 2.0 * JSON_DOUBLE * sellers;
            }
            default -> throw new IllegalArgumentException("no such format: " + format);
        }
        double room = KafkaConnection.LARGEST_MESSAGE - 4.0 * KafkaConnection.OVERHEAD - others;
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, room / perBuyer));
    }
}
