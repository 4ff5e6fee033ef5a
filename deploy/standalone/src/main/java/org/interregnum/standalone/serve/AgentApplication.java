package org.interregnum.standalone.serve;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.interregnum.agent.BundledAgent;

/**
 * An agent's Quarkus application, run in this process: one process serves, and signals reach it.
 *
 * <p>Its classes are loaded apart from ours, since both bring libraries of their own. That is done here rather than by
 * the application's own starter, which looks into the class path of the process for what it does not find.
 */
public final class AgentApplication {
    /** System property with the directory below which the built applications are found. */
    public static final String HOME = "interregnum.home";

    /** Where an application's jars are; classes that the build transformed come before the originals. */
    private static final List<String> FOLDERS = List.of("quarkus", "app", "lib/main", "lib/boot");

    private static final String TRANSFORMED = "transformed-bytecode.jar";

    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    private final BundledAgent agent;
    private final String mainClass;
    private final Path folder;

    private AgentApplication(BundledAgent agent, String mainClass, Path folder) {
        this.agent = agent;
        this.mainClass = mainClass;
        this.folder = folder;
    }

    /** The application of an agent, below {@link #HOME} or else the working directory. */
    public static AgentApplication of(BundledAgent agent) {
        Path home = Path.of(System.getProperty(HOME, ""));
        String mainClass = switch (agent) {
            case SELLER -> "org.interregnum.seller.grpc.SellerAgentApplication";
            case BUYER -> "org.interregnum.buyer.grpc.BuyerAgentApplication";
        };
        return new AgentApplication(agent, mainClass, home.resolve(agent.kind() + "-agent/target/quarkus-app"));
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
        if (!Files.isRegularFile(folder.resolve("quarkus-run.jar"))) {
            System.err.printf("the %s agent is not built: there is no %s%n", agent.kind(), folder);
            return BAD_INPUT;
        }
        System.setProperty("quarkus.grpc.server.host", host);
        System.setProperty("quarkus.grpc.server.port", Integer.toString(port));
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader apart =
                new URLClassLoader(agent.kind() + "-agent", jars(), ClassLoader.getPlatformClassLoader())) {
            // Quarkus finds its application by the context class loader, and the JDK the log manager.
            thread.setContextClassLoader(apart);
            apart.loadClass(mainClass).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            return DONE;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the " + agent.kind() + " agent ended: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("the " + agent.kind() + " agent cannot be loaded from " + folder, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL[] jars() throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String name : FOLDERS) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.resolve(name), "*.jar")) {
                for (Path jar : found) {
                    jars.add(
                            jar.endsWith(TRANSFORMED) ? 0 : jars.size(),
                            jar.toUri().toURL());
                }
            }
        }
        return jars.toArray(URL[]::new);
    }
}
