package org.interregnum.orchestrator.recording;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.json.DecisionLines;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaDecisionLines;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.RunOwner;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.request.WireSettings;

/**
 * Runs whose log is on Kafka, as commands have them. A broker that is not there when a command begins is bad input; one
 * that listens but does not answer yet is waited for some minutes, one that goes away later for as long as it takes.
 */
public final class KafkaRuns {
    private static final int CONNECT_MILLIS = 3_000;

    private KafkaRuns() {}

    /**
     * A new run, if the request wants its log on Kafka.
     *
     * @throws BadInputException when the broker does not answer, or has a run of this name
     */
    public static Optional<KafkaRun> create(
            RunRequest request, String runId, RunOwner owner, Consumer<String> listener) {
        return request.kafka().map(connection -> {
            requireListening(connection);
            try {
                Waiting waiting = new Waiting(connection, listener);
                return BrokerPatience.of(waiting).await(() -> KafkaRun.create(connection, runId, owner, waiting));
            } catch (EventLogException e) {
                throw new BadInputException(Setting.KAFKA.firstName() + ": " + e.getMessage());
            }
        });
    }

    /**
     * Goes on with a run, and ends whoever writes it.
     *
     * @param evenFinished whether a run that is finished is taken over as well
     * @throws EventLogException when there is no such run, or it is finished and that is not wanted
     */
    public static KafkaRun takeOver(KafkaPlace place, boolean evenFinished, Consumer<String> listener) {
        requireListening(place.connection());
        Waiting waiting = new Waiting(place.connection(), listener);
        return BrokerPatience.of(waiting)
                .await(() -> KafkaRun.takeOver(place.connection(), place.runId(), evenFinished, waiting));
    }

    /**
     * Whether a broker has a run.
     *
     * @throws EventLogException when it does not answer
     */
    public static boolean isThere(KafkaPlace place, Consumer<String> listener) {
        requireListening(place.connection());
        return BrokerPatience.of(new Waiting(place.connection(), listener))
                .await(() -> KafkaRun.isThere(place.connection(), place.runId()));
    }

    /**
     * Removes a run from Kafka, at once or not at all; does nothing when it is not there.
     *
     * @throws EventLogException when the broker does not answer
     */
    public static void remove(KafkaPlace place) {
        requireListening(place.connection());
        KafkaRun.remove(place.connection(), place.runId());
    }

    /** Opens the events of a run as they are now, at once or not at all. */
    public static KafkaEventLogReader read(KafkaPlace place) {
        requireListening(place.connection());
        return KafkaEventLogReader.open(place.connection(), place.runId());
    }

    /** The same with patience. */
    static KafkaEventLogReader read(KafkaPlace place, Consumer<String> listener) {
        return BrokerPatience.of(new Waiting(place.connection(), listener)).await(() -> read(place));
    }

    /** What a run's models decided, as far as it is committed whenever it is read. */
    static DecisionLines decisions(KafkaPlace place, Consumer<String> listener) {
        return new PatientLines(
                new KafkaDecisionLines(place.connection(), place.runId()),
                BrokerPatience.of(new Waiting(place.connection(), listener)));
    }

    /**
     * Makes sure that somebody listens; said here at once, where the client would try for a while.
     *
     * @throws BadInputException when nobody does
     */
    public static void requireListening(KafkaConnection connection) {
        WireSettings.requireKafka();
        AgentAddress address = AgentAddress.parse(connection.address());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            throw BadInputException.about(
                    Setting.KAFKA.firstName(),
                    connection.address(),
                    "nobody listens there; must be the address of a Kafka broker, such as 'market up kafka' starts");
        }
    }

    /**
     * Brings the file of decisions and those on Kafka together. When that fails the file is as it was.
     *
     * @return the lines that Kafka lacks
     * @throws EventLogException when it cannot be written, or a decision is damaged
     */
    public static List<byte[]> reconcile(KafkaRun run, RunDirectory directory) {
        try {
            return DecisionReconciliation.reconcile(run::readDecisions, run.hasModels(), directory.decisions());
        } catch (IOException e) {
            throw new EventLogException("cannot write " + directory.decisions() + ": " + e.getMessage(), e);
        }
    }

    /** Says when the broker is away, and when it is back. */
    private record Waiting(KafkaConnection connection, Consumer<String> listener) implements BrokerListener {
        @Override
        public void waiting() {
            say("does not answer; waiting ...");
        }

        @Override
        public void stillWaiting(String problem) {
            say("takes nothing: " + problem + "; waiting ...");
        }

        @Override
        public void answers() {
            say("answers again");
        }

        private void say(String what) {
            listener.accept("Kafka at " + connection.address() + " " + what);
        }
    }
}
