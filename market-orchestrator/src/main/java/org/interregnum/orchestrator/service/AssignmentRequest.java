package org.interregnum.orchestrator.service;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.RegisteredAgent;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;

/**
 * What somebody wants: an agent for sellers or buyers of a run.
 *
 * @param agent name of the agent
 * @param role which side it is to decide for
 * @param whom for whom: {@code all}, a number or a range such as {@code 0-4}, or for buyers the name of a cohort
 * @param onFailure what happens when it fails
 */
record AssignmentRequest(String agent, AgentRole role, String whom, OnAgentFailure onFailure) {
    private static final String ALL = "all";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /**
     * Reads it.
     *
     * @param text an object in JSON: {@code agent}, {@code sellers} or {@code buyers}, and {@code on-failure}
     * @throws BadInputException when something is missing or not in its range
     */
    static AssignmentRequest read(String text) {
        JsonBody body = JsonBody.read(text, "agent", "sellers", "buyers", "on-failure");
        String agent = body.required("agent", "must be the name of an agent");
        Optional<String> sellers = body.text("sellers");
        Optional<String> buyers = body.text("buyers");
        if (sellers.isPresent() == buyers.isPresent()) {
            throw new BadInputException("must have one of 'sellers' and 'buyers'");
        }
        return new AssignmentRequest(
                agent,
                sellers.isPresent() ? AgentRole.SELLER : AgentRole.BUYER,
                sellers.or(() -> buyers).orElseThrow(),
                body.text("on-failure").map(AssignmentRequest::onFailure).orElse(OnAgentFailure.STOP));
    }

    private static OnAgentFailure onFailure(String text) {
        return switch (text) {
            case "stop" -> OnAgentFailure.STOP;
            case "previous" -> OnAgentFailure.PREVIOUS;
            default -> throw BadInputException.about("on-failure", text, "must be stop or previous");
        };
    }

    /**
     * The assignment in a run.
     *
     * @throws BadInputException when the run has no such sellers or buyers, or the agent decides for the other side
     */
    WantedAssignment in(RunRequest run, RegisteredAgent found) {
        if (found.role() != role) {
            throw BadInputException.about(
                    "agent", agent, "decides for " + found.role().word() + "s; must be a " + role.word() + " agent");
        }
        return role == AgentRole.SELLER ? sellers(run, found) : buyers(run, found);
    }

    private WantedAssignment sellers(RunRequest run, RegisteredAgent found) {
        int count = run.spec().market().sellers();
        int[] range = range(count)
                .orElseThrow(() -> BadInputException.about(
                        "sellers", whom, "must be all, or a seller or a range of them from 0 to " + (count - 1)));
        return WantedAssignment.ofSellers(range[0], range[1], found.agent(), onFailure);
    }

    private WantedAssignment buyers(RunRequest run, RegisteredAgent found) {
        int count = run.spec().market().buyers();
        List<BuyerCohort> cohorts = run.spec().models().buyers();
        Optional<int[]> cohort = cohorts.stream()
                .filter(known -> known.name().equals(whom))
                .findFirst()
                .map(BuyerCohort::buyers);
        int[] buyers = (whom.equals(ALL) ? Optional.<int[]>empty() : cohort)
                .or(() -> range(count)
                        .map(range -> IntStream.rangeClosed(range[0], range[1]).toArray()))
                .orElseThrow(() -> BadInputException.about(
                        "buyers",
                        whom,
                        "must be all, a buyer or a range of them from 0 to " + (count - 1)
                                + (cohorts.isEmpty()
                                        ? ""
                                        : ", or one of the run's cohorts: "
                                                + String.join(
                                                        ", ",
                                                        cohorts.stream()
                                                                .map(BuyerCohort::name)
                                                                .toList()))));
        return WantedAssignment.ofBuyers(whom, buyers, found.agent(), onFailure);
    }

    /** First and last of a range among so many; empty when it is none. */
    private Optional<int[]> range(int count) {
        if (whom.equals(ALL)) {
            return Optional.of(new int[] {0, count - 1});
        }
        Matcher range = RANGE.matcher(whom);
        if (!range.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        return Optional.of(new int[] {first, last}).filter(ends -> ends[0] <= ends[1] && ends[1] < count);
    }
}
