package org.interregnum.standalone.scripted;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response as OpenAI's protocol has it.
 *
 * @param status HTTP status
 * @param headers headers besides the content's type
 * @param body JSON
 */
record Reply(int status, Map<String, String> headers, String body) {
    private static final String NAME = "scripted";
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int NO_CONTENT = -1;

    /** An answer to a question. */
    static Reply completion(long number, long epochSecond, String question, String answer) {
        ObjectNode completion = object().put("id", "chatcmpl-" + number)
                .put("object", "chat.completion")
                .put("created", epochSecond)
                .put("model", NAME)
                .put("system_fingerprint", NAME);
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).putObject("message").put("role", "assistant").put("content", answer);
        choice.putNull("logprobs").put("finish_reason", "stop");
        int asked = tokens(question);
        int answered = tokens(answer);
        completion
                .putObject("usage")
                .put("prompt_tokens", asked)
                .put("completion_tokens", answered)
                .put("total_tokens", asked + answered);
        return ok(completion);
    }

    /** The list of models, which has this one. */
    static Reply models() {
        ObjectNode list = object().put("object", "list");
        list.putArray("data")
                .addObject()
                .put("id", NAME)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "interregnum");
        return ok(list);
    }

    /** That the server is there. */
    static Reply health() {
        return ok(object().put("status", "ok"));
    }

    /** A complaint. */
    static Reply error(int status, String type, String message) {
        ObjectNode error = object();
        error.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .putNull("code");
        return new Reply(status, Map.of(), error.toString());
    }

    /** The same with a header more. */
    Reply with(String header, String value) {
        return new Reply(status, Map.of(header, value), body);
    }

    /** Sends it and ends the exchange; a client that has gone away misses it. */
    void to(HttpExchange exchange) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            headers.forEach(exchange.getResponseHeaders()::set);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, NO_CONTENT);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (IOException e) {
            // Nobody is there to be told.
        }
    }

    private static Reply ok(ObjectNode body) {
        return new Reply(200, Map.of(), body.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static int tokens(String text) {
        return (text.length() + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
    }
}
