package org.interregnum.standalone.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;

/**
 * Calls an orchestrator service over HTTP. Every call throws {@link ServiceAwayException} when the service cannot be
 * reached or is not able to answer, {@link ServiceRefusalException} when it does not do what it is asked for, and
 * {@link InterruptedException} when this thread is interrupted meanwhile.
 */
public final class OrchestratorClient {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    /** An assignment waits up to a minute for the run's next step. */
    private static final Duration ANSWERING = Duration.ofSeconds(90);

    private static final int GOOD = 200;
    private static final int BAD = 300;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int LARGEST_PROBLEM = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceAddress address;
    private final Optional<String> token;
    private final HttpClient http;

    /**
     * A service.
     *
     * @param token what it wants to see; empty when nobody has one
     * @param trust whose certificates are good; empty for Java's
     */
    public OrchestratorClient(ServiceAddress address, Optional<String> token, Optional<SSLContext> trust) {
        this.address = address;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
        trust.ifPresent(builder::sslContext);
        http = builder.build();
    }

    /** Where the service is. */
    public ServiceAddress address() {
        return address;
    }

    /** Reads something. */
    public JsonNode get(String path) throws InterruptedException {
        return text(request(path).GET());
    }

    /**
     * Asks for something to be done.
     *
     * @param body what it needs to know, in JSON; may be empty
     */
    public JsonNode post(String path, String body) throws InterruptedException {
        return text(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** Removes something. */
    public void delete(String path) throws InterruptedException {
        try (InputStream body = send(request(path).DELETE(), BodySubscribers::ofInputStream)) {
            body.readAllBytes();
        } catch (IOException e) {
            throw ServiceProblem.of(address, e);
        }
    }

    /** Opens something that may be large. The caller closes it. */
    public InputStream open(String path) throws InterruptedException {
        return send(request(path).GET(), BodySubscribers::ofInputStream);
    }

    /** Opens the steps of a run, from one on. */
    EventStream steps(String run, long from) throws InterruptedException {
        HttpRequest.Builder request = request("/runs/" + run + "/steps?from=" + from)
                .header("Accept", "text/event-stream")
                .GET();
        if (from > 0) {
            request.header("Last-Event-ID", Long.toString(from - 1));
        }
        Flow.Publisher<List<ByteBuffer>> body = send(request, BodySubscribers::ofPublisher);
        EventStream stream = new EventStream();
        body.subscribe(stream);
        return stream;
    }

    /**
     * Reads JSON that the service sent.
     *
     * @throws ServiceRefusalException when it is none
     */
    JsonNode json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node != null && node.isContainerNode()) {
                return node;
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw ServiceProblem.stranger(address);
    }

    private JsonNode text(HttpRequest.Builder request) throws InterruptedException {
        try (InputStream body = send(request, BodySubscribers::ofInputStream)) {
            return json(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw ServiceProblem.of(address, e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return request(address.call(path));
    }

    private HttpRequest.Builder request(URI url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(ANSWERING);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** How a body is read when the answer is good. */
    private interface Reading<T> {
        BodySubscriber<T> subscriber();
    }

    /** A body: the one that was asked for, or else one that says what is wrong. */
    private record Body<T>(T good, InputStream problem) {}

    private <T> T send(HttpRequest.Builder builder, Reading<T> reading) throws InterruptedException {
        BodyHandler<Body<T>> handler = info -> info.statusCode() >= GOOD && info.statusCode() < BAD
                ? BodySubscribers.mapping(reading.subscriber(), body -> new Body<>(body, null))
                : BodySubscribers.mapping(BodySubscribers.ofInputStream(), body -> new Body<>(null, body));
        try {
            HttpRequest request = builder.build();
            HttpResponse<Body<T>> response = http.send(request, handler);
            if (response.statusCode() == NOT_FOUND) {
                // A service that has just begun does not know yet the runs of the one before it.
                response.body().problem().close();
                requireReady();
                response = http.send(request, handler);
            }
            if (response.body().problem() == null) {
                return response.body().good();
            }
            try (InputStream problem = response.body().problem()) {
                String text = new String(problem.readNBytes(LARGEST_PROBLEM), StandardCharsets.UTF_8);
                throw ServiceProblem.of(address, token.isPresent(), response, text);
            }
        } catch (IOException e) {
            throw ServiceProblem.of(address, e);
        }
    }

    private void requireReady() throws IOException, InterruptedException {
        int status = http.send(request(address.ready()).GET().build(), BodyHandlers.discarding())
                .statusCode();
        if (status == UNAVAILABLE) {
            throw new ServiceAwayException(address + " is not ready yet");
        }
    }
}
