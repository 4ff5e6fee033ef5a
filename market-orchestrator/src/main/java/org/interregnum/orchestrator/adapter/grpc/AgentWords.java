package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;

/** The words for what goes wrong with one agent: one line each, which names the agent, its address and the step. */
final class AgentWords {
    /** What the first question is about. */
    static final String GREETING = "the question who it is";

    private static final int LONGEST_DETAIL = 300;

    private final String agent;
    private final String address;

    AgentWords(String kind, AgentAddress address) {
        this.address = address.toString();
        this.agent = kind + " agent at " + address;
    }

    /** What questions of a step are about. */
    static String subject(long step) {
        return step == 0 ? "the opening of the market" : "step " + step;
    }

    /** A line about the agent. */
    String says(String predicate) {
        return agent + " " + predicate;
    }

    /** An answer that cannot be used. */
    AgentFailureException nonsense(String predicate) {
        return nonsense(predicate, null);
    }

    /** An answer that cannot be used, and what was found of it. */
    AgentFailureException nonsense(String predicate, Throwable cause) {
        return new AgentFailureException(says(predicate), cause, address);
    }

    /** A call that ended in a status other than OK. */
    AgentFailureException failure(Status status, String subject, Duration deadline) {
        String predicate = switch (status.getCode()) {
            case UNAVAILABLE ->
                "could not be reached%s within %s: %s"
                        .formatted(
                                subject.equals(GREETING) ? "" : " at " + subject, inWords(deadline), obstacle(status));
            case DEADLINE_EXCEEDED -> "did not answer %s within %s".formatted(subject, inWords(deadline));
            case INVALID_ARGUMENT -> "refused %s: %s".formatted(subject, detail(status));
            case FAILED_PRECONDITION -> "cannot answer %s: %s".formatted(subject, detail(status));
            case UNIMPLEMENTED -> "does not understand %s; something else listens there".formatted(subject);
            case RESOURCE_EXHAUSTED -> "could not take %s: %s".formatted(subject, detail(status));
            default -> "failed at %s: %s".formatted(subject, detail(status));
        };
        return new AgentFailureException(says(predicate), status.asRuntimeException(), address);
    }

    private static String obstacle(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "nothing listens there";
            }
            if (cause instanceof UnknownHostException) {
                return "no such host";
            }
            if (cause instanceof SSLException || cause instanceof CertificateException) {
                return "no TLS connection: " + oneLine(cause.getMessage());
            }
        }
        return detail(status);
    }

    private static String detail(Status status) {
        String description = status.getDescription();
        if (description == null || description.isBlank()) {
            return status.getCode().toString();
        }
        return oneLine(description);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "…";
    }

    private static String inWords(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
