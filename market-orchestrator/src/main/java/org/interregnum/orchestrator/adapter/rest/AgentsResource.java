package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.interregnum.orchestrator.agent.RegisteredAgent;

/** Agents: register, list, read, look at, remove. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Agents")
public class AgentsResource {
    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    LongCalls calls;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Register an agent",
            description =
                    "The agent is asked how it is and who it is first: 502 when it does not answer or is not well, 422 when it is not what it is to be, 403 when its"
                            + " address is not allowed, 409 when there is an agent of this name.")
    @APIResponseSchema(
            value = AgentJson.class,
            responseCode = "201",
            responseDescription = "The agent; Location has its path")
    public Response registerAgent(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NewAgentJson.class)))
                    String body) {
        RegisteredAgent agent =
                calls.check(() -> orchestrator.service().agents().register(body == null ? "" : body));
        return Response.created(URI.create("/api/v1/agents/" + agent.name()))
                .entity(AgentJson.of(agent))
                .build();
    }

    @GET
    @Operation(summary = "List all agents, by name")
    public List<AgentJson> listAgents() {
        return orchestrator.service().agents().list().stream()
                .map(AgentJson::of)
                .toList();
    }

    @GET
    @Path("{name}")
    @Operation(summary = "Read an agent")
    public AgentJson readAgent(@PathParam("name") String name) {
        return AgentJson.of(orchestrator.service().agents().find(name));
    }

    @POST
    @Path("{name}/check")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Ask an agent how it is and who it is",
            description = "What is wrong with it is in the answer.")
    public AgentJson checkAgent(@PathParam("name") String name) {
        return AgentJson.of(calls.check(() -> orchestrator.service().agents().check(name)));
    }

    @DELETE
    @Path("{name}")
    @Operation(summary = "Remove an agent", description = "409 while it decides in a run that is not finished.")
    public void removeAgent(@PathParam("name") String name) {
        calls.readLogs(() -> {
            orchestrator.service().removeAgent(name);
            return name;
        });
    }
}
