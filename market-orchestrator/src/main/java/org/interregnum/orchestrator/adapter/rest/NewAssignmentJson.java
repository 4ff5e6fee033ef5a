package org.interregnum.orchestrator.adapter.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a caller sends to assign an agent, for the description of the API alone: it is read member by member, so that each
 * complaint names one.
 *
 * @param agent name of the agent
 * @param sellers for which sellers
 * @param buyers for which buyers; one of both is there
 * @param onFailure what happens when it fails
 */
@Schema(name = "NewAssignment")
record NewAssignmentJson(
        @Schema(required = true) String agent,

        @Schema(description = "all, a number such as 3, or a range such as 0-4; this or buyers")
        String sellers,

        @Schema(description = "all, a range, or the name of a cohort; this or sellers")
        String buyers,

        @Schema(
                name = "on-failure",
                enumeration = {"stop", "previous"},
                defaultValue = "stop")
        @JsonProperty("on-failure")
        String onFailure) {}
