package org.interregnum.orchestrator.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.ValueFormat;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.Values;

/**
 * How an orchestrator service keeps its runs.
 *
 * @param name whose runs they are, on a broker that several services use
 * @param data directory in which each run has one
 * @param kafka broker that keeps the logs; empty for files
 * @param sellerAgent service that decides prices where a run names none
 * @param buyerAgent service that decides choices where a run names none
 * @param agentDeadline longest wait for an agent service where a run has no deadline: for a decision, and to say who it is
 * @param runsAtOnce most runs that take steps at the same time; others wait
 */
public record ServiceSettings(
        String name,
        Path data,
        Optional<KafkaConnection> kafka,
        Optional<AgentAddress> sellerAgent,
        Optional<AgentAddress> buyerAgent,
        Duration agentDeadline,
        int runsAtOnce) {
    private static final int MOST_AT_ONCE = 1000;

    /**
     * Settings out of what somebody wrote.
     *
     * @param kafka {@code HOST:PORT}
     * @param kafkaValues {@code protobuf} or {@code json}
     * @param sellerAgent {@code HOST:PORT}
     * @param buyerAgent {@code HOST:PORT}
     * @param agentDeadline a duration such as {@code 2m}
     * @throws BadInputException when one is not in its range
     */
    public static ServiceSettings of(
            String name,
            Path data,
            Optional<String> kafka,
            String kafkaValues,
            Optional<String> sellerAgent,
            Optional<String> buyerAgent,
            String agentDeadline,
            int runsAtOnce) {
        if (name.isBlank()) {
            throw bad("orchestrator", name, "must be a name");
        }
        if (runsAtOnce < 1 || runsAtOnce > MOST_AT_ONCE) {
            throw bad("runs-at-once", Integer.toString(runsAtOnce), "must be a whole number from 1 to " + MOST_AT_ONCE);
        }
        ValueFormat values = Arrays.stream(ValueFormat.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(kafkaValues))
                .findFirst()
                .orElseThrow(() -> bad("kafka-values", kafkaValues, "must be one of protobuf, json"));
        return new ServiceSettings(
                name,
                data,
                kafka.map(text -> new KafkaConnection(address("kafka", text).toString(), values)),
                sellerAgent.map(text -> address("seller-agent", text)),
                buyerAgent.map(text -> address("buyer-agent", text)),
                Values.duration(Setting.DEADLINE, new Given("interregnum.agent-deadline", agentDeadline)),
                runsAtOnce);
    }

    private static AgentAddress address(String name, String text) {
        try {
            return AgentAddress.parse(text);
        } catch (InvalidParameterException e) {
            throw bad(name, text, "must be HOST:PORT with a port from 1 to 65535");
        }
    }

    private static BadInputException bad(String name, String value, String rule) {
        return BadInputException.about("interregnum." + name, value, rule);
    }
}
