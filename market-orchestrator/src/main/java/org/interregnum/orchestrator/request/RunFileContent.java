package org.interregnum.orchestrator.request;

import java.util.List;
import java.util.Map;

/**
 * What a run file says.
 *
 * @param settings settings of the whole run
 * @param endpoints settings of endpoints, by the endpoints' names
 * @param endpointNames their names, with their places
 * @param sellers settings of ranges of sellers that are models
 * @param buyers settings of cohorts of buyers that are models
 */
public record RunFileContent(
        Map<Setting, Given> settings,
        Map<String, Map<Setting, Given>> endpoints,
        List<Given> endpointNames,
        List<Group> sellers,
        List<Group> buyers) {
    /** No file. */
    public static final RunFileContent NONE = new RunFileContent(Map.of(), Map.of(), List.of(), List.of(), List.of());

    /**
     * One entry of a list of ranges or cohorts.
     *
     * @param place where it is, such as {@code run.yaml line 7}
     * @param range which sellers, such as {@code 0-4}; null where not given
     * @param agent agent service to ask, as {@code host:port}; null where not given
     * @param name name of the cohort; null where not given
     * @param settings its settings
     */
    public record Group(String place, Given range, Given agent, Given name, Map<Setting, Given> settings) {}
}
