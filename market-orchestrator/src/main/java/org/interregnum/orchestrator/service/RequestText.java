package org.interregnum.orchestrator.service;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.BuyerCohort;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.orchestrator.agent.SellerRange;
import org.interregnum.orchestrator.recording.MemoryNeed;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.RunFile;
import org.interregnum.orchestrator.request.RunFileContent;
import org.interregnum.orchestrator.request.RunRequest;
import org.interregnum.orchestrator.request.RunRequestReader;
import org.interregnum.orchestrator.request.Setting;

/** Reads what somebody asks a service for: a run file, with the service's own settings where a run has none. */
final class RequestText {
    private static final String NAME = "request";
    private static final Pattern OPTION = Pattern.compile("(?<!\\S)--([A-Za-z][\\w-]*)");

    private final ServiceSettings service;

    RequestText(ServiceSettings service) {
        this.service = service;
    }

    /**
     * Reads a request.
     *
     * @param text a run file, in YAML or JSON
     * @throws org.interregnum.orchestrator.request.BadInputException when something is missing or not in its range, or is
     *     the service's to decide
     */
    RunRequest read(String text) {
        try {
            return readRequest(text);
        } catch (BadInputException e) {
            throw new BadInputException(inTermsOfKeys(e.getMessage()));
        }
    }

    /** Whoever sends a request knows its keys, and neither a command's options nor a file. */
    private static String inTermsOfKeys(String message) {
        return OPTION.matcher(message.replaceFirst("^--file " + NAME + ":", "the request"))
                .replaceAll(option -> Setting.ofOption(option.group()).isPresent() ? option.group(1) : option.group());
    }

    private RunRequest readRequest(String text) {
        RunFileContent file = RunFile.parse(NAME, text);
        for (Setting setting : List.of(Setting.OUT, Setting.KAFKA, Setting.KAFKA_VALUES, Setting.QUIET)) {
            if (file.settings().containsKey(setting)) {
                throw file.settings().get(setting).isBad("is the orchestrator service's to decide; must be left out");
            }
        }
        Map<Setting, Given> defaults = new EnumMap<>(Setting.class);
        target(file, Setting.SELLER_TARGET, service.sellerAgent())
                .ifPresent(given -> defaults.put(given.setting, given.value));
        target(file, Setting.BUYER_TARGET, service.buyerAgent())
                .ifPresent(given -> defaults.put(given.setting, given.value));
        service.kafka().ifPresent(kafka -> {
            defaults.put(Setting.KAFKA, new Given(Setting.KAFKA.firstName(), kafka.address()));
            defaults.put(
                    Setting.KAFKA_VALUES,
                    new Given(
                            Setting.KAFKA_VALUES.firstName(),
                            kafka.values().name().toLowerCase(Locale.ROOT)));
        });
        RunRequest request = RunRequestReader.read(defaults, file);
        if (!file.settings().containsKey(Setting.DEADLINE)) {
            // Nobody sits in front of a service: an agent that is restarted, or starts later, is waited for.
            request = request.withDeadlines(service.agentDeadline(), service.agentDeadline());
        }
        requireAgents(request);
        MemoryNeed.of(request.spec()).require(request.spec());
        return request;
    }

    /**
     * The same of somebody who may not name every agent.
     *
     * @throws AgentAddressException when the request names an agent where none may be
     */
    RunRequest readAllowed(String text) {
        RunRequest request = read(text);
        Stream.concat(request.sellerTarget().stream(), request.buyerTarget().stream())
                .forEach(service.agentAddresses()::require);
        models(request).map(model -> AgentAddress.parse(model.agent())).forEach(service.agentAddresses()::require);
        return request;
    }

    private static Stream<ModelSettings> models(RunRequest request) {
        return Stream.concat(
                request.spec().models().sellers().stream().map(SellerRange::model),
                request.spec().models().buyers().stream().map(BuyerCohort::model));
    }

    /** Nothing is decided in this process, so that whoever decides has to have an address. */
    private static void requireAgents(RunRequest request) {
        boolean hasRuleBuyers = request.spec().models().modelBuyers().length
                < request.spec().market().buyers();
        if (request.hasRuleSellers() && request.sellerTarget().isEmpty()) {
            throw new BadInputException("seller-target is missing: must be HOST:PORT of a seller agent service");
        }
        if (hasRuleBuyers && request.buyerTarget().isEmpty()) {
            throw new BadInputException("buyer-target is missing: must be HOST:PORT of a buyer agent service");
        }
        models(request).filter(model -> model.agent().isEmpty()).findFirst().ifPresent(model -> {
            throw BadInputException.about(
                    "model", model.model(), "has no agent service that asks it; must have an 'agent'");
        });
    }

    private record Default(Setting setting, Given value) {}

    private static Optional<Default> target(RunFileContent file, Setting setting, Optional<AgentAddress> address) {
        return file.settings().containsKey(setting)
                ? Optional.empty()
                : address.map(known -> new Default(setting, new Given(setting.firstName(), known.toString())));
    }
}
