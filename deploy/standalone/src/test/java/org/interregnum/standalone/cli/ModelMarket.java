package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.interregnum.standalone.recorded.ChatEndpoint;

/** A small market whose sellers and buyers are a model that answers every question in its own, always the same way. */
final class ModelMarket implements AutoCloseable {
    /** Points of the market: 9 steps. */
    static final int POINTS = 10;

    private static final int SELLERS = 3;
    private static final List<String> IMPRESSIONS = List.of("terrible", "bad", "neutral", "good", "excellent");

    final ChatEndpoint endpoint;

    private final List<String> models;

    ModelMarket() throws IOException {
        this("--sellers=llm", "--buyers=llm");
    }

    /** A market in which it is said by options who is a model. */
    ModelMarket(String... models) throws IOException {
        this.models = List.of(models);
        endpoint = ChatEndpoint.start((number, request) -> ChatEndpoint.Reply.saying(answer(request)));
    }

    /** The number of requests so far. */
    int requests() {
        return endpoint.requests().size();
    }

    /** Calls a command with this market's settings and others. */
    CommandRun market(String command, String... others) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--J=1",
                "--rho=0.8",
                "--Nt=" + POINTS,
                "--num-sellers=" + SELLERS,
                "--num-buyers=12",
                "--model=fixed",
                // Whose key is in no environment.
                "--endpoint=keyless-in-tests",
                "--base-url=" + endpoint.url("v1"),
                "--in-flight=1"));
        arguments.addAll(models);
        arguments.addAll(List.of(others));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** Runs the whole market. */
    void run(Path out) {
        assertThat(market("run", "--no-fig", "--out=" + out)).returns(0, CommandRun::exitCode);
    }

    private static String answer(ChatEndpoint.Request request) {
        int any = request.question().hashCode();
        return switch (request.kind()) {
            case "price" -> "{\"reason\": \"\", \"price\": " + Math.floorMod(any, 100) / 100.0 + "}";
            case "impression" ->
                "{\"impression\": \"" + IMPRESSIONS.get(Math.floorMod(any, IMPRESSIONS.size())) + "\"}";
            case "choice" -> "{\"reason\": \"\", \"seller\": " + (Math.floorMod(any, SELLERS + 1) - 1) + "}";
            default -> throw new IllegalArgumentException(request.kind());
        };
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
