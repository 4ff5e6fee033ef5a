package org.interregnum.standalone.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What can be done to containers. */
final class Containers {
    private Containers() {}

    /** Ends them as an operator does: they stay ended until they are started. */
    static void kill(List<String> containers) throws IOException, InterruptedException {
        for (String container : containers) {
            Commands.run("docker", "kill", container);
        }
    }

    static void start(List<String> containers) throws IOException, InterruptedException {
        for (String container : containers) {
            Commands.run("docker", "start", container);
        }
    }

    /** Ends a container's process as a crash does: its policy starts it again. */
    static void crash(String container) throws IOException, InterruptedException {
        Commands.run("kill", "-9", process(container));
    }

    /** Freezes a container: its connections stay, and nothing answers on them. */
    static void freeze(String container, Duration duration) throws IOException, InterruptedException {
        Commands.run("docker", "pause", container);
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        Commands.run("docker", "unpause", container);
    }

    /** Takes a container off its network, which takes its address, and gives it back under the service's name. */
    static void unplug(String network, String container, String alias, Duration duration)
            throws IOException, InterruptedException {
        Commands.run("docker", "network", "disconnect", network, container);
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        Commands.run("docker", "network", "connect", "--alias", alias, network, container);
    }

    /** Loses every packet between two containers, both of which go on. */
    static void part(String one, String other, Duration duration) throws IOException, InterruptedException {
        String address = Commands.run(
                        "docker", "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", other)
                .strip();
        loss("-A", one, address);
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        loss("-D", one, address);
    }

    private static void loss(String action, String container, String address) throws IOException, InterruptedException {
        String process = process(container);
        for (List<String> rule : List.of(List.of("INPUT", "-s"), List.of("OUTPUT", "-d"))) {
            Commands.run(
                    "nsenter",
                    "-t",
                    process,
                    "-n",
                    "iptables",
                    action,
                    rule.get(0),
                    rule.get(1),
                    address,
                    "-j",
                    "DROP");
        }
    }

    private static String process(String container) throws IOException, InterruptedException {
        return Commands.run("docker", "inspect", "-f", "{{.State.Pid}}", container)
                .strip();
    }
}
