package org.interregnum.orchestrator.adapter.rest;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a key behind the question mark that means nothing there: one that is misspelt would be passed over otherwise. */
final class QueryNameFilter {
    @ServerRequestFilter
    Optional<Response> filter(ContainerRequestContext context, ResourceInfo resource) {
        Set<String> given = context.getUriInfo().getQueryParameters().keySet();
        if (given.isEmpty()) {
            // As nearly always: then nobody needs to look at what the method takes.
            return Optional.empty();
        }
        List<String> known = known(resource.getResourceMethod());
        return given.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .map(name -> Problem.of(400, "Bad request", objection(name, known)));
    }

    private static List<String> known(Method method) {
        return Arrays.stream(method.getParameters())
                .map(QueryNameFilter::queryParameter)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    private static Optional<String> queryParameter(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(QueryParam.class)).map(QueryParam::value);
    }

    private static String objection(String name, List<String> known) {
        String rule = known.isEmpty() ? "none is known here" : "known here: " + String.join(", ", known);
        return "there is no key '" + name.replaceAll("\\p{Cntrl}", "?") + "' behind the question mark; " + rule;
    }
}
