package org.interregnum.orchestrator.adapter.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.interregnum.orchestrator.event.EventLogException;

/** Questions to whoever runs the broker; what goes wrong is said in one line. */
final class KafkaAdmin {
    private KafkaAdmin() {}

    /** Asks. */
    @FunctionalInterface
    interface Question<T> {
        /** Asks an administrator's client. */
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    /**
     * Asks one question.
     *
     * @throws EventLogException when the broker does not answer, or refuses
     */
    static <T> T ask(KafkaConnection connection, Question<T> question) {
        try (Admin admin = Admin.create(connection.admin())) {
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw connection.problem(e.getCause());
        } catch (KafkaException e) {
            throw connection.problem(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogException("interrupted while asking " + connection.name(), e);
        }
    }

    /** Those topics that are not there. */
    static List<NewTopic> missing(Admin admin, List<NewTopic> wanted) throws ExecutionException, InterruptedException {
        Set<String> there = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>(wanted);
        missing.removeIf(topic -> there.contains(topic.name()));
        return missing;
    }
}
