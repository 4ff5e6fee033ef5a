package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;

/** What somebody who swaps agents asks an orchestrator for. */
record AgentCalls(OrchestratorProcess service) {
    private static final ObjectMapper JSON = new ObjectMapper();

    HttpResponse<String> tryToRegister(String body) throws IOException, InterruptedException {
        return service.post("/api/v1/agents", body);
    }

    /** Registers an agent with what else is to be said of it, such as {@code "model": {...}}. */
    JsonNode register(String name, String role, Object address, String... more)
            throws IOException, InterruptedException {
        HttpResponse<String> response = tryToRegister(body(name, role, address, more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location").orElse("")).endsWith("/api/v1/agents/" + name);
        return JSON.readTree(response.body());
    }

    static String body(String name, String role, Object address, String... more) {
        StringBuilder body = new StringBuilder(
                "{\"name\": \"%s\", \"role\": \"%s\", \"address\": \"%s\"".formatted(name, role, address));
        for (String each : more) {
            body.append(", ").append(each);
        }
        return body.append('}').toString();
    }

    HttpResponse<String> tryToAssign(String run, String body) throws IOException, InterruptedException {
        return service.post("/api/v1/runs/" + run + "/assignments", body);
    }

    /** Lets an agent decide; {@code whom} is such as {@code "sellers": "0-4"}. */
    JsonNode assign(String run, String agent, String whom, String... more) throws IOException, InterruptedException {
        HttpResponse<String> response = tryToAssign(
                run,
                "{\"agent\": \"" + agent + "\", " + whom + (more.length == 0 ? "" : ", " + String.join(", ", more))
                        + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return JSON.readTree(response.body());
    }

    JsonNode assignments(String run) throws IOException, InterruptedException {
        return JSON.readTree(service.get("/api/v1/runs/" + run + "/assignments").body());
    }

    JsonNode agents() throws IOException, InterruptedException {
        return JSON.readTree(service.get("/api/v1/agents").body());
    }

    HttpResponse<String> remove(String name) throws IOException, InterruptedException {
        return service.send(service.request("/api/v1/agents/" + name).DELETE());
    }
}
