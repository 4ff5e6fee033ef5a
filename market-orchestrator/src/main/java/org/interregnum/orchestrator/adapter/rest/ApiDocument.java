package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.interregnum.orchestrator.request.Setting;

/** What the description of the API says of all calls alike: run files, problems, and the token. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {
    private static final String RUN_FILE = "RunFile";

    /** Calls that are sent a run file, in one of two forms; their annotations know it as a text. */
    private static final Set<String> TAKING_RUN_FILES = Set.of("create", "resume");

    private static final String PROBLEM = "Problem";
    private static final String TOKEN = "token";

    /** The service's to decide. */
    private static final Set<Setting> NOT_OF_RUNS =
            Set.of(Setting.OUT, Setting.KAFKA, Setting.KAFKA_VALUES, Setting.QUIET);

    private static final Map<String, String> TITLES = Map.of(
            "400", "The request cannot be",
            "401", "No token, or a wrong one, where the service has one",
            "403", "The address of an agent is not allowed, or a foreign site calls",
            "404", "There is none of this name",
            "409", "It does not go with the state of things",
            "413", "The body is larger than 1 MiB",
            "422", "The agent is not what it is to be",
            "429", "Too many calls within a second",
            "502", "The agent does not answer, or is not well",
            "503",
                    "Not now: the service has just started, its log cannot be read, or too many such calls are under way");

    /** Problems of calls of which not all of a kind have them. */
    private static final Map<String, List<String>> FURTHER = Map.of(
            "create", List.of("409"),
            "pause", List.of("409"),
            "resume", List.of("409"),
            "step", List.of("400", "409"),
            "stop", List.of("409"),
            "remove", List.of("409"),
            "assign", List.of("409", "422", "502"),
            "list", List.of("400"),
            "registerAgent", List.of("409", "422", "502"),
            "removeAgent", List.of("409"));

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents() == null ? OASFactory.createComponents() : api.getComponents();
        api.setComponents(components
                .addSchema(RUN_FILE, runFile())
                .addSchema(PROBLEM, problem())
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("Needed where the service has a token")));
        api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN, List.of()));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> {
                    addProblems(path, operation);
                    addRunFile(operation);
                }));
    }

    private static void addRunFile(Operation operation) {
        if (TAKING_RUN_FILES.contains(operation.getOperationId())) {
            MediaType file = OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref(RUN_FILE));
            operation
                    .getRequestBody()
                    .content(OASFactory.createContent()
                            .addMediaType("application/json", file)
                            .addMediaType("application/yaml", file));
        }
    }

    private static void addProblems(String path, Operation operation) {
        Set<String> statuses = new TreeSet<>(List.of("401", "403", "429", "503"));
        if (path.contains("{")) {
            statuses.add("404");
        }
        if (path.contains("{id}")) {
            statuses.add("400");
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of("400", "413"));
        }
        statuses.addAll(FURTHER.getOrDefault(operation.getOperationId(), List.of()));
        statuses.forEach(status -> operation.getResponses().addAPIResponse(status, response(TITLES.get(status))));
    }

    private static APIResponse response(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(PROBLEM))));
    }

    private static Schema problem() {
        return object("What went wrong (RFC 9457)")
                .addProperty("title", of(SchemaType.STRING, "The kind of problem"))
                .addProperty("status", of(SchemaType.INTEGER, "HTTP status"))
                .addProperty("detail", of(SchemaType.STRING, "This problem in one line"))
                .required(List.of("title", "status", "detail"));
    }

    private static Schema runFile() {
        Schema file = object("A run file. J, rho and Nt must be there, under these or their longer names; a hyphen in a"
                + " name may be an underscore.");
        for (Setting setting : Setting.values()) {
            if (!NOT_OF_RUNS.contains(setting)) {
                setting.names().forEach(name -> file.addProperty(name.substring(2), value(setting)));
            }
        }
        return file.addProperty(
                "endpoints", object("Servers of models by name, each with the settings that all its models share"));
    }

    private static Schema value(Setting setting) {
        if (setting == Setting.SELLER_STRATEGY || setting == Setting.BUYER_STRATEGY) {
            return OASFactory.createSchema()
                    .description(setting.help() + "; or a list of groups, each with its model")
                    .anyOf(new ArrayList<>(List.of(
                            of(SchemaType.STRING, "rule or llm"),
                            of(SchemaType.ARRAY, "Groups").items(object("A group and its model")))));
        }
        SchemaType type = setting.isFlag()
                ? SchemaType.BOOLEAN
                : setting.isCount() ? SchemaType.INTEGER : setting.isNumber() ? SchemaType.NUMBER : SchemaType.STRING;
        return of(type, setting.help());
    }

    private static Schema object(String description) {
        return of(SchemaType.OBJECT, description);
    }

    private static Schema of(SchemaType type, String description) {
        return OASFactory.createSchema().addType(type).description(description);
    }
}
