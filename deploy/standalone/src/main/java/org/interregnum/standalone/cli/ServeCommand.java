package org.interregnum.standalone.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.standalone.serve.AgentApplication;
import picocli.CommandLine.ParseResult;

/** {@code market serve}: an agent service in this process. */
final class ServeCommand {
    private static final String PORT_RULE = "must be a whole number from 1 to 65535";

    int execute(ParseResult result) {
        BundledAgent agent = result.commandSpec().name().equals("seller") ? BundledAgent.SELLER : BundledAgent.BUYER;
        String host = result.matchedOptionValue(CommandLines.HOST, "127.0.0.1");
        int port = port(result.matchedOptionValue(CommandLines.PORT, Integer.toString(agent.defaultPort())));
        requireFree(host, port);
        return AgentApplication.of(agent).serve(host, port);
    }

    /** A port from the text of an option. */
    static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw BadInputException.about(CommandLines.PORT, text, PORT_RULE);
        }
        return Integer.parseInt(text);
    }

    /** Said here in one line, because the service itself would say it in a stack trace. */
    static void requireFree(String host, int port) {
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
                    CommandLines.PORT,
                    Integer.toString(port),
                    "is in use or not allowed; must be a free port from 1 to 65535");
        } catch (IOException e) {
            throw BadInputException.about(CommandLines.PORT, Integer.toString(port), "cannot be opened; " + PORT_RULE);
        }
    }

    private static BadInputException notHere(String host) {
        return BadInputException.about(
                CommandLines.HOST, host, "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0");
    }
}
