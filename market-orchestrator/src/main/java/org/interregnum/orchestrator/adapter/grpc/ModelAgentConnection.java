package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.interregnum.agent.BundledAgent;
import org.interregnum.orchestrator.adapter.grpc.ModelAnswerReader.Reading;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelReport;

/** A connection to one agent that asks models, with the questions that are open. */
final class ModelAgentConnection implements AutoCloseable {
    private final AgentClient client;
    private final Introductions introductions;
    private final Patience patience;
    private final ScheduledExecutorService executor;
    private final Set<PatientCall<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ModelAgentConnection(
            AgentClient client, GrpcAgentOptions options, Patience patience, ScheduledExecutorService executor) {
        this.client = client;
        this.introductions = new Introductions(client, executor, options.deadline());
        this.patience = patience;
        this.executor = executor;
    }

    /**
     * Connects to an agent and learns who it is.
     *
     * @throws AgentFailureException when nothing listens there, or it asks no models
     */
    static ModelAgentConnection open(
            BundledAgent kind,
            AgentAddress address,
            GrpcAgentOptions options,
            Patience patience,
            ScheduledExecutorService executor) {
        AgentClient client = new AgentClient(kind, address, ModelQuestionMessages.STRATEGY);
        try {
            client.connect(options.connectDeadline());
            return new ModelAgentConnection(client, options, patience, executor);
        } catch (AgentFailureException e) {
            client.close();
            throw e;
        }
    }

    AgentWords words() {
        return client.words();
    }

    /**
     * Asks a question.
     *
     * @param deadline longest time for the decision
     * @param allowance what the decision may spend
     * @param reading reads the answer, and refuses nonsense by throwing
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what comes of it is in the future that is returned
    <Q, A> CompletableFuture<ModelAnswer> ask(
            MethodDescriptor<Q, A> method,
            Q question,
            long step,
            Duration deadline,
            Allowance allowance,
            Function<A, Reading> reading) {
        PatientCall<Q, A> call = new PatientCall<>(
                client,
                introductions,
                executor,
                method,
                question,
                AgentWords.subject(step),
                deadline.plus(patience.forAnswer()),
                deadline.plus(patience.forReturn()));
        CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
        start(call)
                .thenApply(landed -> {
                    Reading read = reading.apply(landed.answer());
                    ModelReport report = charged(read.report(), allowance, landed.lost());
                    return new ModelAnswer(
                            landed.by().profile(), read.decision(), read.outcome(), read.reason(), report);
                })
                .whenComplete((answered, failure) -> {
                    if (failure == null) {
                        answer.complete(answered);
                    } else {
                        answer.completeExceptionally(cause(failure));
                    }
                });
        answer.whenComplete((answered, failure) -> {
            if (answer.isCancelled()) {
                call.giveUp(words().nonsense("was not waited for at " + AgentWords.subject(step)));
            }
        });
        return answer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what comes of it is in the future that is returned
    private <Q, A> CompletableFuture<PatientCall.Landed<A>> start(PatientCall<Q, A> call) {
        open.add(call);
        CompletableFuture<PatientCall.Landed<A>> landed = call.start();
        landed.whenComplete((answer, failure) -> open.remove(call));
        // After it was added: either this sees the end, or the end sees the call.
        if (closed) {
            call.giveUp(goodbye());
        }
        return landed;
    }

    /**
     * What an agent that was lost may have spent is known to nobody, so each loss counts as all that was allowed.
     *
     * @param lost number of times that the question was sent and never answered
     */
    private static ModelReport charged(ModelReport report, Allowance allowance, int lost) {
        if (lost == 0) {
            return report;
        }
        boolean callsLimited = allowance.calls() != Long.MAX_VALUE;
        boolean tokensLimited = allowance.tokens() != Long.MAX_VALUE;
        boolean costLimited = allowance.cost() != Double.POSITIVE_INFINITY;
        return new ModelReport(
                report.calls(),
                report.promptVariant(),
                report.promptHash(),
                report.statedReason(),
                report.allowanceSpent(),
                tokensLimited ? charged(report.chargedTokens(), allowance.tokens(), lost) : report.chargedTokens(),
                report.chargedCost() + (costLimited ? lost * allowance.cost() : 0),
                callsLimited ? charged(report.lostCalls(), allowance.calls(), lost) : report.lostCalls());
    }

    private static long charged(long used, long allowed, int lost) {
        double sum = used + (double) lost * allowed;
        return sum < Long.MAX_VALUE ? used + lost * allowed : Long.MAX_VALUE;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    }

    private AgentFailureException goodbye() {
        return words().nonsense("was not waited for: the connection was given back");
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(call -> call.giveUp(goodbye()));
        client.close();
    }
}
