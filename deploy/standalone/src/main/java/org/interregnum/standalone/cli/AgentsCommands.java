package org.interregnum.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.standalone.remote.OrchestratorClient;

/** {@code market agents}: the agents that a service knows by name, and who of them decides in a run. */
final class AgentsCommands {
    static final String ROLE = "--role";
    static final String ADDRESS = "--address";
    static final String STRATEGY = "--strategy";
    static final String SELLERS = "--sellers";
    static final String BUYERS = "--buyers";
    static final String ON_FAILURE = "--on-failure";

    private final Console console;
    private final OrchestratorClient service;

    AgentsCommands(Console console, OrchestratorClient service) {
        this.console = console;
        this.service = service;
    }

    /** Lists the agents. */
    int list(boolean json) throws InterruptedException {
        JsonNode agents = service.get("/agents");
        if (json) {
            console.out().println(agents);
        } else {
            print(agents);
        }
        return ExitCode.DONE;
    }

    /** Lists who decides for whom in a run. */
    int list(String run, boolean json) throws InterruptedException {
        JsonNode assignments = service.get("/runs/" + run + "/assignments");
        if (json) {
            console.out().println(assignments);
        } else {
            printAssignments(assignments);
        }
        return ExitCode.DONE;
    }

    /**
     * Registers an agent.
     *
     * @param properties values of {@link #ROLE}, {@link #ADDRESS} and {@link #STRATEGY}, as far as they are given
     * @param model settings of the model that it asks; empty for a rule
     */
    int register(String name, Map<String, String> properties, Map<Setting, Given> model) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        for (String option : new String[] {ROLE, ADDRESS}) {
            if (!properties.containsKey(option)) {
                throw new BadInputException(option + " is missing: "
                        + (option.equals(ROLE) ? "must be seller or buyer" : "must be HOST:PORT of the agent"));
            }
        }
        properties.forEach((option, value) -> body.put(option.substring(2), value));
        if (!model.isEmpty()) {
            ObjectNode settings = body.putObject("model");
            model.forEach((setting, given) -> settings.put(setting.firstName().substring(2), given.text()));
        }
        print(list(service.post("/agents", body.toString())));
        return ExitCode.DONE;
    }

    /** Asks an agent how it is. */
    int check(String name) throws InterruptedException {
        JsonNode agent = service.post("/agents/" + name + "/check", "");
        print(list(agent));
        return agent.path("health").asText().equals("serving") ? ExitCode.DONE : ExitCode.AGENTS_FAILED;
    }

    /** Removes an agent. */
    int remove(String name) throws InterruptedException {
        service.delete("/agents/" + name);
        return ExitCode.DONE;
    }

    /** Lets an agent decide for some sellers or buyers of a run from its next step on. */
    int assign(String name, String run, Optional<String> sellers, Optional<String> buyers, Optional<String> onFailure)
            throws InterruptedException {
        if (sellers.isPresent() == buyers.isPresent()) {
            throw new BadInputException(
                    "--sellers or --buyers, one of them must say for whom the agent decides, such as all or 0-4");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("agent", name);
        sellers.ifPresent(whom -> body.put("sellers", whom));
        buyers.ifPresent(whom -> body.put("buyers", whom));
        onFailure.ifPresent(what -> body.put("on-failure", what));
        printAssignments(service.post("/runs/" + run + "/assignments", body.toString()));
        return ExitCode.DONE;
    }

    private static JsonNode list(JsonNode one) {
        return JsonNodeFactory.instance.arrayNode().add(one);
    }

    private void print(JsonNode agents) {
        TextTable table =
                new TextTable("AGENT", "ROLE", "ADDRESS", "DECIDES BY", "IMPLEMENTATION", "HEALTH", "PROBLEM");
        agents.forEach(agent -> table.add(
                agent.path("name").asText(),
                agent.path("role").asText(),
                agent.path("address").asText(),
                decidesBy(agent),
                (agent.path("implementation").asText() + " "
                                + agent.path("version").asText())
                        .strip(),
                agent.path("health").asText(),
                agent.path("problem").asText()));
        table.print(console.out());
    }

    private void printAssignments(JsonNode assignments) {
        TextTable table = new TextTable("WHO", "COUNT", "AGENT", "ADDRESS", "DECIDES BY", "SINCE STEP");
        assignments.forEach(part -> table.add(
                part.has("sellers")
                        ? "sellers " + part.path("sellers").asText()
                        : "buyers " + part.path("buyers").asText(),
                part.path("count").asText(),
                part.path("agent").asText(),
                part.path("address").asText(),
                decidesBy(part),
                part.path("since").asText()));
        table.print(console.out());
    }

    private static String decidesBy(JsonNode agent) {
        String model = agent.path("model").asText();
        String strategy = agent.path("strategy").asText();
        return !model.isEmpty() ? "model " + model : strategy.isEmpty() ? "its default" : strategy;
    }
}
