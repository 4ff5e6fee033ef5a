package org.interregnum.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may import whom. Lists of what is allowed, not of what is forbidden: a list of forbidden things says nothing
 * about the library that somebody adds tomorrow.
 */
final class ArchitectureRules {
    private static final String ROOT = "org.interregnum.";
    private static final String ORCHESTRATOR = ROOT + "orchestrator.";
    private static final String DECISION = ORCHESTRATOR + "decision";
    private static final String SCRIPTED_MODEL = ROOT + "standalone.scripted";
    private static final String MODELS = ROOT + "languagemodel";

    /** Where a run is put together: what is asked for, what records it, who runs many. These know pure rooms and adapters. */
    private static final List<String> ASSEMBLY = List.of("request", "recording", "sweeping", "service");

    /** Values and arithmetic; no files, no network, no reflection, no clock. */
    private static final List<String> PLAIN_JAVA =
            List.of("java.lang", "java.util", "java.util.function", "java.util.stream");

    private static final List<String> THREADS =
            List.of("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks");

    private ArchitectureRules() {}

    /**
     * The pure rooms, from the innermost to the outermost, each with what it may import besides itself. The order is
     * the direction in which a run flows; an import against it would let a value depend on who uses it.
     */
    static Map<String, List<String>> allowedImports() {
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        allowed.put(ORCHESTRATOR + "model", PLAIN_JAVA);
        allowed.put(ORCHESTRATOR + "random", join(PLAIN_JAVA, rooms("model")));
        // Models take their time, and are asked many at once.
        allowed.put(
                ORCHESTRATOR + "agent",
                join(PLAIN_JAVA, List.of("java.time", "java.util.concurrent", "java.util.regex"), rooms("model")));
        allowed.put(ORCHESTRATOR + "event", join(PLAIN_JAVA, rooms("model", "agent")));
        allowed.put(ORCHESTRATOR + "analysis", join(PLAIN_JAVA, rooms("model", "agent", "event")));
        // Estimates from many runs, made by a library; resampling has a seed.
        allowed.put(
                ORCHESTRATOR + "statistics",
                join(PLAIN_JAVA, List.of("org.apache.commons.statistics..", "org.apache.commons.rng..")));
        // Sizes of questions are counted in bytes, latencies in a histogram, calls a minute in a bucket.
        allowed.put(
                DECISION,
                join(
                        PLAIN_JAVA,
                        THREADS,
                        List.of("java.time", "java.nio.charset", "org.HdrHistogram", "io.github.bucket4j.."),
                        rooms("model", "agent", "event")));
        // A step over very many buyers may be shared among threads.
        allowed.put(ORCHESTRATOR + "market", join(PLAIN_JAVA, THREADS, rooms("model", "random", "agent", "event")));
        // A run has a budget of time, and is paused and stopped from other threads.
        allowed.put(
                ORCHESTRATOR + "run",
                join(
                        PLAIN_JAVA,
                        THREADS,
                        List.of("java.time"),
                        rooms("model", "random", "agent", "event", "decision", "market", "analysis")));
        // Ranges of values are decimals.
        allowed.put(ORCHESTRATOR + "sweep", join(PLAIN_JAVA, List.of("java.math", "java.util.regex"), rooms("model")));
        allowed.put(ROOT + "seller.pricing", PLAIN_JAVA);
        allowed.put(ROOT + "buyer.choice", PLAIN_JAVA);
        // A stand-in for somebody else's server: it knows of us what stands in a prompt.
        allowed.put(
                SCRIPTED_MODEL,
                join(
                        PLAIN_JAVA,
                        THREADS,
                        List.of(
                                "java.io",
                                "java.net",
                                "java.nio.charset",
                                "java.time",
                                "java.util.regex",
                                "com.sun.net.httpserver",
                                "com.fasterxml.jackson..")));
        // What a model is told and may answer; a wording may lie in a directory of the user's.
        List<String> asking = join(
                PLAIN_JAVA,
                List.of(
                        "java.nio.file",
                        MODELS,
                        MODELS + ".wording",
                        "com.fasterxml.jackson.databind",
                        "dev.langchain4j.model.chat.request.json"));
        allowed.put(ROOT + "seller.llm", asking);
        allowed.put(ROOT + "buyer.llm", asking);
        return allowed;
    }

    /** A pure room imports what its list names. So the model can be read, tested and trusted without any framework. */
    static ArchRule importsOnlyWhatItMay(String room) {
        List<String> allowed = new ArrayList<>(allowedImports().get(room));
        allowed.add(room + "..");
        return classes()
                .that()
                .resideInAPackage(room + "..")
                .should()
                // A URL may be read anywhere; what could open one may not.
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(belongToAnyOf(URI.class, URISyntaxException.class)));
    }

    /** Every class of the orchestrator is in a room that has a rule, or in an adapter; a new room must be thought of. */
    static ArchRule everyRoomHasARule() {
        List<String> known = new ArrayList<>();
        allowedImports().keySet().forEach(room -> known.add(room + ".."));
        known.add(ORCHESTRATOR + "adapter..");
        known.addAll(rooms(ASSEMBLY.toArray(String[]::new)));
        return classes()
                .that()
                .resideInAPackage(ROOT + "orchestrator..")
                .should()
                .resideInAnyPackage(known.toArray(String[]::new));
    }

    /** An adapter is one technology and can be taken away; only the mappings to protobuf and JSON are shared. */
    static ArchRule adaptersStandAlone() {
        return slices().matching(ORCHESTRATOR + "adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(),
                        resideInAnyPackage(ORCHESTRATOR + "adapter.protobuf..", ORCHESTRATOR + "adapter.json.."));
    }

    /** A technology knows nothing of who puts runs together; only the way in, REST, calls that. */
    static ArchRule adaptersServeWhoeverAssembles() {
        return noClasses()
                .that()
                .resideInAPackage(ORCHESTRATOR + "adapter..")
                .and()
                .resideOutsideOfPackage(ORCHESTRATOR + "adapter.rest..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        rooms(ASSEMBLY.toArray(String[]::new)).toArray(String[]::new)));
    }

    /** Agents and orchestrator know each other by contract alone, so either can be swapped while the other runs. */
    static ArchRule knowsOthersByContractOnly(String service) {
        List<String> known = new ArrayList<>(List.of(ROOT + service + "..", ROOT + "agent..", ROOT + "event.."));
        if (!service.equals("orchestrator")) {
            // The agents ask models; the orchestrator asks agents.
            known.add(MODELS + "..");
        }
        return classes()
                .that()
                .resideInAPackage(ROOT + service + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("org.interregnum..")
                        .or(resideInAnyPackage(known.toArray(String[]::new))));
    }

    /** Asking models needs neither the contracts nor Quarkus; only the mapping to the contracts' messages knows those. */
    static ArchRule askingModelsNeedsNoContract() {
        return noClasses()
                .that()
                .resideInAPackage(MODELS + "..")
                .and()
                .resideOutsideOfPackage(MODELS + ".wire..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        ROOT + "agent..", ROOT + "event..", "io.grpc..", "com.google.protobuf..", "io.quarkus.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage(MODELS + ".wire.."));
    }

    /** What the bundled agents share as Quarkus applications is for them alone; others get the contracts without it. */
    static ArchRule bundledAgentsKeepTheirServerToThemselves() {
        String server = ROOT + "agent.server..";
        return classes()
                .that()
                .resideInAPackage(server)
                .should()
                .onlyHaveDependentClassesThat(
                        resideInAnyPackage(server, ROOT + "seller.grpc..", ROOT + "buyer.grpc.."));
    }

    /** Quarkus stays out of what every user of the contracts loads; the generated stubs for it are apart. */
    static ArchRule contractsLeaveQuarkusAlone() {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "agent")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "io.vertx.."));
    }

    /**
     * No clock, no chance of their own, no environment and no console where trajectories are made: a trajectory follows
     * from the parameters and the seed. ({@code run} is not among them: it keeps budgets of time. Nor is the scripted
     * model, which pretends to be a server in the world outside. Whoever takes models' decisions may measure how long it
     * waits for them, and no more: what they decide does not depend on it.)
     */
    static ArchRule leaveClockAndChanceAlone() {
        String[] rooms = allowedImports().keySet().stream()
                .filter(room -> !room.equals(ORCHESTRATOR + "run") && !room.equals(SCRIPTED_MODEL))
                .map(room -> room + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaAccess<?>> impureAccess = DescribedPredicate.describe(
                "the clock, chance or the process' surroundings",
                access -> !isWaiting(access)
                        && (access.getTargetOwner().isEquivalentTo(System.class)
                                        && !access.getName().equals("arraycopy")
                                || access.getTargetOwner().isEquivalentTo(Math.class)
                                        && access.getName().equals("random")));
        DescribedPredicate<JavaClass> chance = DescribedPredicate.describe(
                "a generator of the JDK or random identities",
                type -> type.getName().matches("java\\.util\\.(Random|SplittableRandom|UUID)")
                        || type.getName().equals("java.util.concurrent.ThreadLocalRandom"));
        return noClasses()
                .that()
                .resideInAnyPackage(rooms)
                .should()
                .accessTargetWhere(impureAccess)
                .orShould()
                .dependOnClassesThat(chance);
    }

    private static boolean isWaiting(JavaAccess<?> access) {
        return access.getOriginOwner().getPackageName().equals(DECISION)
                && access.getTargetOwner().isEquivalentTo(System.class)
                && access.getName().equals("nanoTime");
    }

    private static List<String> rooms(String... names) {
        List<String> rooms = new ArrayList<>();
        for (String name : names) {
            rooms.add(ORCHESTRATOR + name + "..");
        }
        return rooms;
    }

    @SafeVarargs
    private static List<String> join(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
