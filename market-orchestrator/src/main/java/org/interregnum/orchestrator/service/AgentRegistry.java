package org.interregnum.orchestrator.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.grpc.GrpcAgentCheck;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentCheckException;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.agent.DescribedAgent;
import org.interregnum.orchestrator.agent.RegisteredAgent;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.interregnum.orchestrator.request.AgentModel;
import org.interregnum.orchestrator.request.BadInputException;

/**
 * The agents that a service knows by name: its own, and those that were registered. An agent is looked at before it is
 * accepted, and kept before that is said. Thread-safe.
 */
public final class AgentRegistry {
    /** Name of the service's own seller agent. */
    public static final String DEFAULT_SELLER = "default-seller";

    /** Name of the service's own buyer agent. */
    public static final String DEFAULT_BUYER = "default-buyer";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AllowedAddresses allowed;
    private final AgentBook book;
    private final Map<String, RegisteredAgent> own = new TreeMap<>();
    private final Map<String, RegisteredAgent> registered = new TreeMap<>();
    private boolean known;
    /** Why they cannot be read, when that was tried. */
    private String problem = "";

    AgentRegistry(ServiceSettings settings) {
        allowed = settings.agentAddresses();
        book = new AgentBook(settings);
        settings.sellerAgent().ifPresent(address -> addOwn(DEFAULT_SELLER, AgentRole.SELLER, address));
        settings.buyerAgent().ifPresent(address -> addOwn(DEFAULT_BUYER, AgentRole.BUYER, address));
    }

    private void addOwn(String name, AgentRole role, AgentAddress address) {
        own.put(
                name,
                new RegisteredAgent(
                        role,
                        AssignedAgent.ofRule(name, address.toString(), ""),
                        DescribedAgent.UNKNOWN,
                        Optional.empty(),
                        ""));
    }

    /**
     * Learns what the service before this one knew.
     *
     * @throws EventLogException when that cannot be read
     */
    synchronized void recover() {
        List<RegisteredAgent> kept;
        try {
            kept = book.read();
        } catch (EventLogException e) {
            problem = e.getMessage();
            throw e;
        }
        registered.clear();
        kept.forEach(agent -> registered.put(agent.name(), agent));
        known = true;
    }

    /**
     * Registers an agent.
     *
     * @param text an object in JSON: {@code name}, {@code role} and {@code address}, and {@code strategy} or {@code model}
     * @throws BadInputException when something is missing or not in its range
     * @throws AgentAddressException when its address is not allowed
     * @throws RunConflictException when there is an agent of this name
     * @throws AgentCheckException when it does not answer, is not well, or is not what it is to be
     * @throws EventLogException when it cannot be kept
     */
    public RegisteredAgent register(String text) {
        JsonBody body = JsonBody.read(text, "name", "role", "address", "strategy", "model");
        String name = body.required("name", "must be a name of letters, digits, hyphens and underscores");
        if (!NAME.matcher(name).matches()) {
            throw BadInputException.about(
                    "name",
                    name,
                    "must begin with a letter or a digit and have at most 63 letters, digits, hyphens and underscores");
        }
        AgentRole role = role(body.required("role", "must be seller or buyer"));
        AgentAddress address = address(body.required("address", "must be HOST:PORT, such as localhost:9001"));
        allowed.require(address);
        Optional<AgentModel> model =
                body.object("model").map(settings -> AgentModel.read(settings, address.toString()));
        Optional<String> strategy = body.text("strategy").filter(wanted -> !wanted.isEmpty());
        requireStrategy(strategy, model);
        requireFree(name);
        DescribedAgent description = GrpcAgentCheck.check(role, address, model.map(AgentModel::settings), PATIENCE);
        AssignedAgent agent = new AssignedAgent(
                name,
                address.toString(),
                offered(address, description, model.isPresent() ? Optional.of(BundledAgent.MODEL) : strategy),
                model.map(AgentModel::settings),
                model.map(AgentModel::information).orElse(AgentModel.DEFAULT_INFORMATION));
        return add(new RegisteredAgent(role, agent, description, Optional.of(Instant.now()), ""));
    }

    private static AgentRole role(String text) {
        return Arrays.stream(AgentRole.values())
                .filter(role -> role.word().equals(text))
                .findFirst()
                .orElseThrow(() -> BadInputException.about("role", text, "must be seller or buyer"));
    }

    private static AgentAddress address(String text) {
        try {
            return AgentAddress.parse(text);
        } catch (InvalidParameterException e) {
            throw BadInputException.about("address", text, e.rule());
        }
    }

    private static void requireStrategy(Optional<String> strategy, Optional<AgentModel> model) {
        boolean wantsModel = strategy.filter(BundledAgent.MODEL::equals).isPresent();
        if (wantsModel && model.isEmpty()) {
            throw BadInputException.about("strategy", BundledAgent.MODEL, "asks a model; must come with 'model'");
        }
        if (model.isPresent() && strategy.isPresent() && !wantsModel) {
            throw BadInputException.about(
                    "strategy", strategy.get(), "asks no model; must be left out, or come without 'model'");
        }
    }

    /** The strategy wanted, or the agent's default, if it offers it. */
    private static String offered(AgentAddress address, DescribedAgent described, Optional<String> wanted) {
        if (wanted.filter(strategy -> !described.strategies().contains(strategy))
                .isPresent()) {
            throw new AgentCheckException(
                    AgentCheckException.Kind.UNSUITABLE,
                    "the agent at %s does not offer the strategy '%s'; it offers: %s"
                            .formatted(address, wanted.get(), String.join(", ", described.strategies())),
                    null);
        }
        return wanted.orElse(described.strategies().get(0));
    }

    private synchronized void requireFree(String name) {
        requireKnown();
        if (own.containsKey(name) || registered.containsKey(name) || isReserved(name)) {
            throw new RunConflictException("there is an agent " + name + " already");
        }
    }

    private static boolean isReserved(String name) {
        return name.equals(DEFAULT_SELLER) || name.equals(DEFAULT_BUYER);
    }

    private synchronized RegisteredAgent add(RegisteredAgent agent) {
        requireFree(agent.name());
        Map<String, RegisteredAgent> next = new TreeMap<>(registered);
        next.put(agent.name(), agent);
        book.put(agent, List.copyOf(next.values()));
        registered.put(agent.name(), agent);
        return agent;
    }

    private void requireKnown() {
        if (!known) {
            throw new NotRecoveredException(problem);
        }
    }

    /** All agents, by name, the service's own among them. */
    public synchronized List<RegisteredAgent> list() {
        requireKnown();
        Map<String, RegisteredAgent> all = new TreeMap<>(registered);
        all.putAll(own);
        return new ArrayList<>(all.values());
    }

    /**
     * An agent.
     *
     * @throws NoSuchAgentException when there is none of this name
     */
    public synchronized RegisteredAgent find(String name) {
        requireKnown();
        return Optional.ofNullable(own.get(name))
                .or(() -> Optional.ofNullable(registered.get(name)))
                .orElseThrow(() -> new NoSuchAgentException(name));
    }

    /** Name of the service's own agent of a kind, when it is at an address; empty for another. */
    String ownName(AgentRole role, Optional<AgentAddress> address) {
        return own.values().stream()
                .filter(agent -> agent.role() == role)
                .filter(agent -> address.map(AgentAddress::toString)
                        .filter(agent.agent().address()::equals)
                        .isPresent())
                .map(RegisteredAgent::name)
                .collect(Collectors.joining());
    }

    /**
     * Looks at an agent again.
     *
     * @return what is known of it now, also when something is wrong with it
     * @throws NoSuchAgentException when there is none of this name
     */
    public RegisteredAgent check(String name) {
        try {
            return require(name);
        } catch (AgentCheckException e) {
            return keep(find(name).failed(e.getMessage(), Instant.now()));
        }
    }

    /**
     * Looks at an agent before it is asked to decide.
     *
     * @return what is known of it now
     * @throws NoSuchAgentException when there is none of this name
     * @throws AgentAddressException when its address is not allowed any more
     * @throws AgentCheckException when something is wrong with it
     */
    RegisteredAgent require(String name) {
        RegisteredAgent agent = find(name);
        AgentAddress address = AgentAddress.parse(agent.agent().address());
        allowed.require(address);
        DescribedAgent now =
                GrpcAgentCheck.check(agent.role(), address, agent.agent().model(), PATIENCE);
        String strategy = agent.agent().strategy();
        if (!strategy.isEmpty()) {
            String unused = offered(address, now, Optional.of(strategy));
        }
        return keep(agent.found(now, Instant.now()));
    }

    /** What was found is kept where it is of use; it is no loss if it cannot be. */
    private synchronized RegisteredAgent keep(RegisteredAgent agent) {
        if (own.containsKey(agent.name())) {
            own.put(agent.name(), agent);
        } else if (registered.containsKey(agent.name())) {
            registered.put(agent.name(), agent);
        }
        return agent;
    }

    /**
     * Forgets an agent.
     *
     * @throws NoSuchAgentException when there is none of this name
     * @throws RunConflictException when it is the service's own
     * @throws EventLogException when that cannot be kept
     */
    synchronized void remove(String name) {
        if (own.containsKey(find(name).name())) {
            throw new RunConflictException("the agent " + name + " is the service's own");
        }
        Map<String, RegisteredAgent> rest = new TreeMap<>(registered);
        rest.remove(name);
        book.remove(name, List.copyOf(rest.values()));
        registered.remove(name);
    }
}
