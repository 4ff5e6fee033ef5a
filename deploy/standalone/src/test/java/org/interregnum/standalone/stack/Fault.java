package org.interregnum.standalone.stack;

import static org.interregnum.standalone.stack.ComposeStack.BUYERS;
import static org.interregnum.standalone.stack.ComposeStack.KAFKA;
import static org.interregnum.standalone.stack.ComposeStack.ORCHESTRATOR;
import static org.interregnum.standalone.stack.ComposeStack.SELLERS;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What can happen to the stack in the middle of a run. Each ends by itself, or is ended after a while. */
enum Fault {
    ALL_AGENTS_KILLED(stack -> {
        List<String> sellers = stack.containers(SELLERS);
        List<String> buyers = stack.containers(BUYERS);
        Containers.kill(sellers);
        Containers.kill(buyers);
        Thread.sleep(Strike.SHORT.toMillis());
        Containers.start(sellers);
        Containers.start(buyers);
    }),
    AGENTS_CRASHED(stack -> {
        Containers.crash(stack.container(SELLERS));
        Containers.crash(stack.container(BUYERS));
    }),
    SELLERS_FROZEN(stack -> Containers.freeze(stack.container(SELLERS), Strike.LONG)),
    BUYERS_UNPLUGGED(stack -> Containers.unplug(stack.network(), stack.container(BUYERS), BUYERS, Strike.SHORT)),
    SELLERS_CUT_OFF(stack -> Containers.part(stack.container(ORCHESTRATOR), stack.container(SELLERS), Strike.LONG)),
    ORCHESTRATOR_CRASHED(stack -> Containers.crash(stack.container(ORCHESTRATOR))),
    ORCHESTRATOR_UNPLUGGED(
            stack -> Containers.unplug(stack.network(), stack.container(ORCHESTRATOR), ORCHESTRATOR, Strike.SHORT)),
    KAFKA_CRASHED(stack -> Containers.crash(stack.container(KAFKA))),
    KAFKA_KILLED(stack -> {
        List<String> kafka = stack.containers(KAFKA);
        Containers.kill(kafka);
        Thread.sleep(Strike.SHORT.toMillis());
        Containers.start(kafka);
    }),
    KAFKA_UNPLUGGED(stack -> Containers.unplug(stack.network(), stack.container(KAFKA), KAFKA, Strike.SHORT)),
    KAFKA_CUT_OFF(stack -> Containers.part(stack.container(ORCHESTRATOR), stack.container(KAFKA), Strike.LONG));

    private final Strike strike;

    Fault(Strike strike) {
        this.strike = strike;
    }

    /** Does it to the stack, and returns when it is over. */
    void strike(ComposeStack stack) throws IOException, InterruptedException {
        strike.on(stack);
    }

    /** Whether the orchestrator is another process afterwards, which does not know that somebody held a run. */
    boolean endsOrchestrator() {
        return this == ORCHESTRATOR_CRASHED;
    }

    @FunctionalInterface
    private interface Strike {
        Duration SHORT = Duration.ofSeconds(10);
        Duration LONG = Duration.ofSeconds(30);

        void on(ComposeStack stack) throws IOException, InterruptedException;
    }
}
