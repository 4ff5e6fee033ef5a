package org.interregnum.standalone.scripted;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Questions to scripted models, for tests. */
final class ScriptedQuestions {
    static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final String SELLERS = "Seller 0: price 0.4, market share 0.3\nSeller 1: price 0.2, market share 0.1";

    private ScriptedQuestions() {}

    static ScriptedModelOptions always(AnswerKind trouble) {
        return ScriptedModelOptions.PLAIN.withRate(trouble, 1);
    }

    static ScriptedModel start(ScriptedModelOptions options) {
        try {
            return ScriptedModel.start(options, "127.0.0.1", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String request(String schema, String text) {
        ObjectNode request = JSON.createObjectNode().put("model", "some-model").put("temperature", 0);
        request.putArray("messages")
                .add(JSON.createObjectNode().put("role", "system").put("content", "be brief"))
                .add(JSON.createObjectNode().put("role", "user").put("content", text));
        if (!schema.isEmpty()) {
            request.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", schema);
        }
        return request.toString();
    }

    static String ask(ScriptedModel model, String request) throws Exception {
        return JSON.readTree(post(model, "/v1/chat/completions", request).body())
                .at("/choices/0/message/content")
                .textValue();
    }

    static HttpResponse<String> post(ScriptedModel model, String path, String body) throws Exception {
        return CLIENT.send(post(uri(model, path), body), BodyHandlers.ofString());
    }

    static HttpRequest post(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer none")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    static URI uri(ScriptedModel model, String path) {
        return URI.create("http://127.0.0.1:" + model.port() + path);
    }
}
