package org.interregnum.standalone.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.standalone.serve.ServiceApplication;
import picocli.CommandLine.ParseResult;

/** {@code market serve}: an agent service, or the orchestrator service, in this process. */
final class ServeCommand {
    static final int ORCHESTRATOR_PORT = 8080;

    private static final String PORT_RULE = "must be a whole number from 1 to 65535";

    int execute(ParseResult result) {
        BundledAgent agent = result.commandSpec().name().equals("seller") ? BundledAgent.SELLER : BundledAgent.BUYER;
        String host = result.matchedOptionValue(CommandLines.HOST, "127.0.0.1");
        int port = port(result.matchedOptionValue(CommandLines.PORT, Integer.toString(agent.defaultPort())));
        requireFree(host, port);
        return ServiceApplication.of(agent).serve(host, port, Map.of());
    }

    /** Serves many runs; what is not given as an option is the environment's to say. */
    int executeOrchestrator(ParseResult result) {
        String host = result.matchedOptionValue(CommandLines.HOST, environment("INTERREGNUM_HTTP_HOST", "127.0.0.1"));
        int port = port(result.matchedOptionValue(
                CommandLines.PORT, environment("INTERREGNUM_HTTP_PORT", Integer.toString(ORCHESTRATOR_PORT))));
        requireFree(host, port);
        Map<String, String> settings = new HashMap<>();
        for (String option : List.of(
                CommandLines.DATA, Setting.KAFKA.firstName(), CommandLines.SELLER_AGENT, CommandLines.BUYER_AGENT)) {
            String value = result.matchedOptionValue(option, null);
            if (value != null) {
                settings.put("interregnum." + option.substring(2), value);
            }
        }
        return ServiceApplication.orchestrator().serve(host, port, settings);
    }

    private static String environment(String variable, String otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** A port from the text of {@code --port}. */
    static int port(String text) {
        return port(CommandLines.PORT, text);
    }

    /** A port from the text of an option. */
    static int port(String option, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw BadInputException.about(option, text, PORT_RULE);
        }
        return Integer.parseInt(text);
    }

    /** Said here in one line, because the service itself would say it in a stack trace. */
    static void requireFree(String host, int port) {
        requireFree(CommandLines.PORT, host, port);
    }

    /** The same for a port that another option gives. */
    static void requireFree(String option, String host, int port) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw notHere(host);
        }
        try {
            new ServerSocket(port, 1, address).close();
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("assign")) {
                throw notHere(host);
            }
            throw BadInputException.about(
                    option, Integer.toString(port), "is in use or not allowed; must be a free port from 1 to 65535");
        } catch (IOException e) {
            throw BadInputException.about(option, Integer.toString(port), "cannot be opened; " + PORT_RULE);
        }
    }

    private static BadInputException notHere(String host) {
        return BadInputException.about(
                CommandLines.HOST, host, "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0");
    }
}
