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
import java.util.Map;
import org.interregnum.agent.BundledAgent;

/**
 * A service's Quarkus application, run in this process: one process serves, and signals reach it.
 *
 * <p>Its classes are loaded apart from ours, since both bring libraries of their own. That is done here rather than by
 * the application's own starter, which looks into the class path of the process for what it does not find.
 */
public final class ServiceApplication {
    /** System property with the directory below which the built applications are found. */
    public static final String HOME = "interregnum.home";

    /** Where an application's jars are; classes that the build transformed come before the originals. */
    private static final List<String> FOLDERS = List.of("quarkus", "app", "lib/main", "lib/boot");

    private static final String TRANSFORMED = "transformed-bytecode.jar";

    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    private final String name;
    private final String mainClass;
    private final Path folder;
    private final String address;

    private ServiceApplication(String name, String mainClass, String folder, String address) {
        this.name = name;
        this.mainClass = mainClass;
        this.folder = Path.of(System.getProperty(HOME, "")).resolve(folder);
        this.address = address;
    }

    /** The application of an agent, below {@link #HOME} or else the working directory. */
    public static ServiceApplication of(BundledAgent agent) {
        return new ServiceApplication(
                agent.kind() + " agent",
                switch (agent) {
                    case SELLER -> "org.interregnum.seller.grpc.SellerAgentApplication";
                    case BUYER -> "org.interregnum.buyer.grpc.BuyerAgentApplication";
                },
                agent.kind() + "-agent/target/quarkus-app",
                "quarkus.grpc.server.");
    }

    /** The orchestrator, below {@link #HOME} or else the working directory. */
    public static ServiceApplication orchestrator() {
        return new ServiceApplication(
                "orchestrator",
                "org.interregnum.orchestrator.adapter.rest.OrchestratorApplication",
                "market-orchestrator/target/quarkus-app",
                "interregnum.http.");
    }

    /**
     * Serves until a signal ends the process. Has to come before anything in this process has logged, for the
     * application brings its own log manager, and a process has one.
     *
     * @param host address to listen on
     * @param port port to listen on, from 1 to 65535
     * @param settings further settings of the application; what its environment says gives way to them
     * @return exit code for a process that could not even begin; a line on standard error said why
     */
    public int serve(String host, int port, Map<String, String> settings) {
        if (!Files.isRegularFile(folder.resolve("quarkus-run.jar"))) {
            System.err.printf("the %s is not built: there is no %s%n", name, folder);
            return BAD_INPUT;
        }
        settings.forEach(System::setProperty);
        System.setProperty(address + "host", host);
        System.setProperty(address + "port", Integer.toString(port));
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader apart = new URLClassLoader(name, jars(), ClassLoader.getPlatformClassLoader())) {
            // Quarkus finds its application by the context class loader, and the JDK the log manager.
            thread.setContextClassLoader(apart);
            apart.loadClass(mainClass).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            return DONE;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the " + name + " ended: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("the " + name + " cannot be loaded from " + folder, e);
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
