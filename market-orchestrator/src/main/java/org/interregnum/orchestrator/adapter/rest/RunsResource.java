package org.interregnum.orchestrator.adapter.rest;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.interregnum.orchestrator.service.MarketService;
import org.interregnum.orchestrator.service.RunView;

/** Runs: create, list, read, hold, go on, stop, watch. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Runs")
public class RunsResource {
    private static final long MOST_STEPS = 1_000_000_000L;
    private static final String YAML = "application/yaml";
    private static final String LINES = "application/x-ndjson";

    /** Files of a run that can be fetched, with their types. */
    private static final Map<String, String> TYPES = Map.of(
            "run.json",
            MediaType.APPLICATION_JSON,
            "request.yaml",
            YAML,
            "events.log",
            MediaType.APPLICATION_OCTET_STREAM,
            "series.npz",
            MediaType.APPLICATION_OCTET_STREAM,
            "series.csv",
            "text/csv",
            "correlation.csv",
            "text/csv",
            "decisions.jsonl",
            LINES,
            "asked.jsonl",
            LINES,
            "market.png",
            "image/png",
            "market.svg",
            "image/svg+xml");

    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    StepStreams streams;

    @Inject
    LongCalls calls;

    @Inject
    Downloads downloads;

    @POST
    @Consumes({MediaType.APPLICATION_JSON, YAML, MediaType.TEXT_PLAIN, "application/x-yaml"})
    @Operation(summary = "Create a run", description = "The body is a run file, in YAML or JSON.")
    @APIResponseSchema(
            value = RunJson.class,
            responseCode = "201",
            responseDescription = "The run; Location has its path")
    public Response create(
            @Parameter(description = "What it is to be called; a name of its own when left out") @QueryParam("id")
                    String id,
            @Parameter(
                            description = "Whether it waits before its first step until it is told to go on",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("paused")
                    @DefaultValue("false")
                    String paused,
            @RequestBody(required = true) String body) {
        RunView run =
                service().create(Optional.ofNullable(id), body == null ? "" : body, QueryValues.flag("paused", paused));
        return Response.created(URI.create("/api/v1/runs/" + run.id()))
                .entity(RunJson.of(run))
                .build();
    }

    @GET
    @Operation(
            summary = "List runs, the latest first",
            description = "All of them, or a page: limit says how long it is, and after where it begins.")
    public List<RunJson> list(
            @Parameter(
                            description = "Only runs in this state",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "waiting",
                                                "running",
                                                "paused",
                                                "finished",
                                                "stopped",
                                                "failed",
                                                "budget_spent"
                                            }))
                    @QueryParam("state")
                    String state,
            @Parameter(
                            description = "Most runs; all when left out",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "Only runs behind the one of this name, such as the last one of the page before")
                    @QueryParam("after")
                    String after) {
        int most =
                limit == null ? Integer.MAX_VALUE : (int) QueryValues.wholeNumber("limit", limit, 1, Integer.MAX_VALUE);
        return service()
                .list(Optional.ofNullable(state).map(QueryValues::state), Optional.ofNullable(after), most)
                .stream()
                .map(RunJson::of)
                .toList();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a run")
    public RunJson read(@PathParam("id") String id) {
        return RunJson.of(service().find(id));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Remove a run that is over, with its files",
            description = "409 for one that is not; stop it first. There is no way back.")
    public void remove(@PathParam("id") String id) {
        calls.readLogs(() -> {
            service().remove(id);
            return id;
        });
    }

    @POST
    @Path("{id}/pause")
    @Operation(summary = "Hold a run before its next step")
    public RunJson pause(@PathParam("id") String id) {
        return RunJson.of(service().pause(id));
    }

    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Let a run go on that is paused, was stopped, failed, or spent its budget",
            description =
                    "A body replaces the run's request; it must be of the same market, such as with a larger budget.")
    public RunJson resume(
            @PathParam("id") String id,
            @Parameter(
                            description =
                                    "Whether a run that is over waits before its next step until it is told to go on",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("paused")
                    @DefaultValue("false")
                    String paused,
            @RequestBody(required = false) String body) {
        Optional<String> other = Optional.ofNullable(body).filter(text -> !text.isBlank());
        return RunJson.of(service().goOn(id, other, QueryValues.flag("paused", paused)));
    }

    @GET
    @Path("{id}/assignments")
    @Operation(summary = "Who decides for whom now, and since which step")
    public List<AssignmentJson> assignments(@PathParam("id") String id) {
        return calls.readLogs(() -> service().assignments(id)).stream()
                .map(AssignmentJson::of)
                .toList();
    }

    @POST
    @Path("{id}/assignments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let an agent decide from the next step on",
            description =
                    "With on-failure, stop or previous, for what happens when the agent fails. The answer comes when"
                            + " the log has it, and is who decides for whom from then on. One at a time in each run.")
    @APIResponse(
            responseCode = "201",
            description = "Who decides for whom from the next step on",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = AssignmentJson.class)))
    public Response assign(
            @PathParam("id") String id,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = NewAssignmentJson.class)))
                    String body) {
        List<AssignmentJson> assignments =
                calls.assign(id, () -> service().assign(id, body == null ? "" : body)).stream()
                        .map(AssignmentJson::of)
                        .toList();
        return Response.created(URI.create("/api/v1/runs/" + id + "/assignments"))
                .entity(assignments)
                .build();
    }

    @POST
    @Path("{id}/step")
    @Operation(summary = "Let a paused run take some steps")
    public RunJson step(
            @PathParam("id") String id,
            @Parameter(description = "How many", schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("count")
                    @DefaultValue("1")
                    String count) {
        return RunJson.of(service().step(id, QueryValues.wholeNumber("count", count, 1, MOST_STEPS)));
    }

    @POST
    @Path("{id}/stop")
    @Operation(summary = "End a run after the step that it is taking; it can be resumed")
    public RunJson stop(@PathParam("id") String id) {
        return RunJson.of(service().stop(id));
    }

    @GET
    @Path("{id}/steps")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Watch the steps of a run, from any on",
            description = "Events named step, with the step's number as id, and one named end when the run is over.")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public void steps(
            @PathParam("id") String id,
            @Parameter(
                            description = "First step; 0 is the opening",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("from")
                    @DefaultValue("0")
                    String from,
            @HeaderParam("Last-Event-ID") String last,
            @Context SseEventSink sink,
            @Context Sse sse) {
        long wanted = QueryValues.wholeNumber("from", from, 0, Long.MAX_VALUE);
        // A browser that was cut off says what it has.
        long first = last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) + 1 : wanted;
        streams.send(service().watch(id, first), sink, sse);
    }

    @GET
    @Path("{id}/events")
    @Produces(LINES)
    @Operation(
            summary = "The event log of a run as it is now",
            description = "A line of JSON for each event; none before the run has begun.")
    @APIResponse(
            responseCode = "200",
            description = "The log",
            content = @Content(mediaType = LINES, schema = @Schema(type = SchemaType.STRING)))
    public StreamingOutput events(@PathParam("id") String id, @Context HttpServerRequest request) {
        RunView known = service().find(id);
        return downloads.of(request, () -> new LogLines(service().events(known.id())));
    }

    @GET
    @Path("{id}/files/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "A file of a run, such as series.npz or market.png")
    @APIResponse(
            responseCode = "200",
            description = "The file as it is now",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response file(
            @PathParam("id") String id, @PathParam("name") String name, @Context HttpServerRequest request) {
        String type = TYPES.get(name);
        java.nio.file.Path folder = service().find(id).directory();
        java.nio.file.Path file = type == null ? null : folder.resolve(name);
        if (file == null || !Files.isRegularFile(file)) {
            return Problem.of(404, "No such file", "the run " + id + " has no file of this name, or not yet");
        }
        return Response.ok(downloads.of(request, () -> new FileOfRun(file)))
                .type(type)
                .build();
    }

    private MarketService service() {
        return orchestrator.service();
    }
}
