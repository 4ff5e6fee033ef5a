package org.interregnum.orchestrator.request;

import org.interregnum.agent.tls.TlsFiles;
import org.interregnum.agent.tls.TlsSettingException;
import org.interregnum.orchestrator.adapter.kafka.KafkaClientProperties;
import org.interregnum.orchestrator.model.InvalidParameterException;

/** Settings that the environment has for connections, looked at before anything is created or asked. */
public final class WireSettings {
    private WireSettings() {}

    /**
     * Sees that agents can be called as the environment says.
     *
     * @throws BadInputException when the files of TLS cannot be used
     */
    public static void requireTls() {
        try {
            TlsFiles.of(System.getenv()).checkAsCaller();
        } catch (TlsSettingException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    /**
     * Sees that a broker can be called as the environment says.
     *
     * @throws BadInputException when the file of Kafka's properties cannot be used
     */
    public static void requireKafka() {
        try {
            KafkaClientProperties.ofProcess();
        } catch (InvalidParameterException e) {
            throw BadInputException.about(e.parameter(), e.value(), e.rule());
        }
    }
}
