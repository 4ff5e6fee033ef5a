package org.interregnum.standalone.serve;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.agent.BundledAgent;

/**
 * An agent's Quarkus application, run in this process. Its classes are loaded apart from ours, since both bring their
 * own versions of the same libraries; so one process serves, and signals reach it.
 */
public final class AgentApplication {
    /** System property with the directory below which the built applications are found. */
    public static final String HOME = "interregnum.home";

    private static final String ENTRY_POINT = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    private final BundledAgent agent;
    private final Path jar;

    private AgentApplication(BundledAgent agent, Path jar) {
        this.agent = agent;
        this.jar = jar;
    }

    /** The application of an agent, below {@link #HOME} or else the working directory. */
    public static AgentApplication of(BundledAgent agent) {
        Path home = Path.of(System.getProperty(HOME, ""));
        return new AgentApplication(agent, home.resolve(agent.kind() + "-agent/target/quarkus-app/quarkus-run.jar"));
    }

    /**
     * Serves until a signal ends the process. Has to come before anything in this process has logged, for the
     * application brings its own log manager, and a process has one.
     *
     * @param host address to listen on
     * @param port port to listen on, from 1 to 65535
     * @return exit code for a process that could not even begin; a line on standard error said why
     */
    public int serve(String host, int port) {
        if (!Files.isRegularFile(jar)) {
            System.err.printf("the %s agent is not built: there is no %s%n", agent.kind(), jar);
            return BAD_INPUT;
        }
        System.setProperty("quarkus.grpc.server.host", host);
        System.setProperty("quarkus.grpc.server.port", Integer.toString(port));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader apart =
                new URLClassLoader(agent.kind() + "-agent", new URL[] {url()}, ClassLoader.getPlatformClassLoader())) {
            // The log manager is looked up here when the application class path does not have it.
            Thread.currentThread().setContextClassLoader(apart);
            apart.loadClass(ENTRY_POINT).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            return DONE;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the " + agent.kind() + " agent ended: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("the " + agent.kind() + " agent cannot be loaded from " + jar, e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private URL url() throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
