package org.interregnum.standalone.kafka;

/**
 * The Kafka of the tests that only use one: apache/kafka in a container where Docker answers, and the project's own broker
 * elsewhere. One for all tests of this process; which it is, stands in their output.
 *
 * <p>{@code -Dinterregnum.test-kafka=container} lets nothing but a container pass, {@code =own} does not ask for one.
 */
public final class KafkaUnderTest {
    private static KafkaUnderTest shared;

    private final String name;
    private final String address;

    private KafkaUnderTest(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /** A Kafka that answers. */
    public static synchronized KafkaUnderTest get() {
        if (shared == null) {
            shared = start(System.getProperty("interregnum.test-kafka", ""));
            System.out.println("The Kafka of these tests is " + shared.name + ", at " + shared.address);
        }
        return shared;
    }

    private static KafkaUnderTest start(String wanted) {
        if (wanted.equals("own")) {
            return own("as was asked for");
        }
        try {
            return new KafkaUnderTest(ContainerBroker.IMAGE + " in a container", ContainerBroker.start());
        } catch (ContainerBroker.UnavailableException e) {
            if (wanted.equals("container")) {
                throw new IllegalStateException("a container was asked for, but " + e.getMessage(), e);
            }
            return own(e.getMessage());
        }
    }

    private static KafkaUnderTest own(String why) {
        return new KafkaUnderTest(
                "the project's own broker (" + why + ")", TestBroker.get().address());
    }

    /** What it is, in words. */
    public String name() {
        return name;
    }

    /** Where it listens. */
    public String address() {
        return address;
    }
}
