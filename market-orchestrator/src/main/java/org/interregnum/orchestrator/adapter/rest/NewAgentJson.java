package org.interregnum.orchestrator.adapter.rest;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a caller sends to register an agent, for the description of the API alone: it is read member by member, so that each
 * complaint names one.
 *
 * @param name what it is to be called
 * @param role which side of the market it decides for
 * @param address where it listens
 * @param strategy one that it offers; its first when left out
 * @param model a model that it asks, with the keys of a model in a run file
 */
@Schema(name = "NewAgent")
record NewAgentJson(
        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
        String name,

        @Schema(
                required = true,
                enumeration = {"seller", "buyer"})
        String role,

        @Schema(required = true, examples = "localhost:9001")
        String address,

        String strategy,

        @Schema(type = SchemaType.OBJECT) Map<String, Object> model) {}
