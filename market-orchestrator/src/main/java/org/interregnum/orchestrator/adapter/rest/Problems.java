package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.interregnum.orchestrator.agent.AgentCheckException;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.service.AgentAddressException;
import org.interregnum.orchestrator.service.NoSuchAgentException;
import org.interregnum.orchestrator.service.NoSuchRunException;
import org.interregnum.orchestrator.service.NotRecoveredException;
import org.interregnum.orchestrator.service.RunConflictException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what is thrown into problems: a line for the caller, and never a stack trace. */
final class Problems {
    private static final List<String> KEPT = List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER);
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");

    @Inject
    Refusals refusals;

    @ServerExceptionMapper
    Response badInput(BadInputException problem) {
        return Problem.of(400, "Bad request", problem.getMessage());
    }

    @ServerExceptionMapper
    Response noSuchRun(NoSuchRunException problem) {
        return Problem.of(404, "No such run", problem.getMessage());
    }

    @ServerExceptionMapper
    Response noSuchAgent(NoSuchAgentException problem) {
        return Problem.of(404, "No such agent", problem.getMessage());
    }

    @ServerExceptionMapper
    Response address(AgentAddressException problem, HttpServerRequest request) {
        refusals.log(request, problem.getMessage());
        return Problem.of(403, "Address not allowed", problem.getMessage());
    }

    @ServerExceptionMapper
    Response agent(AgentCheckException problem) {
        return problem.kind() == AgentCheckException.Kind.AWAY
                ? Problem.of(502, "The agent is away", problem.getMessage())
                : Problem.of(422, "The agent is not suitable", problem.getMessage());
    }

    @ServerExceptionMapper
    Response conflict(RunConflictException problem) {
        return Problem.of(409, "Conflict", problem.getMessage());
    }

    @ServerExceptionMapper
    Response notRecovered(NotRecoveredException problem) {
        return Problem.of(503, "Not ready", problem.getMessage());
    }

    @ServerExceptionMapper
    Response log(EventLogException problem) {
        return Problem.of(503, "The log cannot be used", problem.getMessage());
    }

    @ServerExceptionMapper
    Response busy(BusyException problem) {
        return Response.fromResponse(Problem.of(
                        problem.status().getStatusCode(), problem.status().getReasonPhrase(), problem.getMessage()))
                .header(HttpHeaders.RETRY_AFTER, problem.seconds())
                .build();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException problem, HttpServerRequest request) {
        int status = problem.getResponse().getStatus();
        if (status == Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode()) {
            UnwantedBody.passOver(request);
            return Problem.of(status, problem.getResponse().getStatusInfo().getReasonPhrase(), BodyLimit.COMPLAINT);
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        Response response = Problem.of(status, title, detail(status, title));
        Response.ResponseBuilder answer = Response.fromResponse(response);
        for (String header : KEPT) {
            String value = problem.getResponse().getHeaderString(header);
            if (value != null) {
                answer.header(header, value);
            }
        }
        return answer.build();
    }

    /** What is wrong with a call that nothing here has seen. */
    private static String detail(int status, String title) {
        return switch (status) {
            case 404 -> "there is nothing at this path; /api/v1/openapi has all calls";
            case 405 -> "this path does not take this method; /api/v1/openapi has those that it takes";
            case 406 -> "the answer is of no type that the header Accept names";
            case 415 -> "the header Content-Type must be application/json, or application/yaml for a run file in YAML";
            default -> title;
        };
    }

    @ServerExceptionMapper
    Response fault(RuntimeException problem) {
        LOG.error("a fault of the program", problem);
        return Problem.of(500, "Internal error", "a fault of the program; the service's log says more");
    }
}
