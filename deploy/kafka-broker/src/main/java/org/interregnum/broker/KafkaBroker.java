package org.interregnum.broker;

import java.io.IOException;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * The process of the broker: formats its storage when that is new, serves, and ends with whoever started it.
 *
 * <p>Its one argument is a properties file of Kafka's. Its standard input is held open by the process that started it;
 * when that comes to an end, whatever way, so does the broker.
 */
public final class KafkaBroker {
    private static final int DONE = 0;

    /** The same at each start, for a formatted storage knows its own; a cluster of one node needs no other. */
    private static final String CLUSTER_ID = "aW50ZXJyZWdudW0tbm9kZQ";

    private KafkaBroker() {}

    /**
     * Serves until it is told to end.
     *
     * @param arguments the properties file
     */
    public static void main(String[] arguments) {
        String properties = arguments[0];
        String[] format = {"format", "--cluster-id", CLUSTER_ID, "--config", properties, "--ignore-formatted"};
        int formatted = StorageTool.execute(format, System.out);
        if (formatted != DONE) {
            System.exit(formatted);
        }
        Thread lifeline = new Thread(KafkaBroker::endWithTheStarter, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        Kafka.main(new String[] {properties});
    }

    private static void endWithTheStarter() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said, only the end matters.
            }
        } catch (IOException e) {
            // The same as an end.
        }
        System.exit(DONE);
    }
}
