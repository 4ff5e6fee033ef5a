package org.interregnum.standalone;

import static org.interregnum.agent.BundledAgent.BUYER;
import static org.interregnum.agent.BundledAgent.SELLER;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.interregnum.agent.BuildVersion;
import org.interregnum.agent.BundledAgent;
import org.interregnum.buyer.llm.ModelBuyer;
import org.interregnum.languagemodel.BoundedLanguageModels;
import org.interregnum.languagemodel.EnvironmentKeys;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelCall;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.Prompt;
import org.interregnum.languagemodel.wording.PromptException;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelAgents;
import org.interregnum.orchestrator.agent.ModelAnswer;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.agent.ModelSettings;
import org.interregnum.seller.llm.ModelSeller;

/** Sellers and buyers that are models, asked from this process by the agents' own classes: nothing is serialised. */
public final class InProcessModelAgents implements ModelAgents {
    /** Environment variable that names a folder with the user's own wordings of prompts. */
    public static final String PROMPTS = "INTERREGNUM_PROMPTS";

    /** Strategy that is recorded with every decision. */
    public static final String STRATEGY = "llm";

    /** A waiting thread needs little stack, and there may be a thousand. */
    private static final long STACK = 256 << 10;

    private final LanguageModels models;
    private final ModelSeller seller;
    private final ModelBuyer buyer;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), InProcessModelAgents::thread);

    /**
     * Agents.
     *
     * @param models asks the models; closed with these agents
     * @param prompts the user's wordings of prompts, if any
     */
    public InProcessModelAgents(LanguageModels models, Optional<Path> prompts) {
        this.models = models;
        try {
            seller = new ModelSeller(models, prompts);
            buyer = new ModelBuyer(models, prompts);
        } catch (PromptException e) {
            throw new AgentFailureException(e.getMessage(), e);
        }
    }

    /** Agents that find keys and prompts where the environment says. */
    public static InProcessModelAgents of(Map<String, String> environment) {
        return new InProcessModelAgents(
                new BoundedLanguageModels(new EnvironmentKeys(environment)), promptsOf(environment));
    }

    /** The folder with the user's own wordings of prompts, if the environment names one. */
    public static Optional<Path> promptsOf(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(PROMPTS))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "model", STACK);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<ModelAnswer> ask(ModelQuestion question, ModelSettings model, Allowance allowance) {
        CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
        Future<?> work = threads.submit(() -> {
            try {
                answer.complete(decide(question, model, allowance));
            } catch (PromptException | ArithmeticException e) {
                answer.completeExceptionally(new AgentFailureException(
                        "%s %d at step %d cannot be asked: %s"
                                .formatted(
                                        question instanceof ModelQuestion.Price ? "seller" : "buyer",
                                        question.subject(),
                                        question.step(),
                                        e.getMessage()),
                        e));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        var unused = answer.whenComplete((value, failure) -> {
            if (answer.isCancelled()) {
                work.cancel(true);
            }
        });
        return answer;
    }

    private ModelAnswer decide(ModelQuestion question, ModelSettings model, Allowance allowance) {
        var options = ModelSituations.options(model);
        var limit = ModelSituations.allowance(allowance, model);
        if (question instanceof ModelQuestion.Price price) {
            Prompt prompt = seller.prompt(ModelSituations.of(price), model.promptVariant());
            return answer(
                    SELLER,
                    question,
                    prompt,
                    seller.decide(prompt, options, limit),
                    value -> new ModelDecision.Price(value.price()),
                    value -> value.reason());
        }
        if (question instanceof ModelQuestion.OfImpression impression) {
            Prompt prompt = buyer.prompt(ModelSituations.of(impression), model.promptVariant());
            return answer(
                    BUYER,
                    question,
                    prompt,
                    buyer.decideImpression(prompt, options, limit),
                    value -> new ModelDecision.OfImpression(ModelSituations.of(value)),
                    value -> "");
        }
        Prompt prompt = buyer.prompt(ModelSituations.of((ModelQuestion.Choice) question), model.promptVariant());
        return answer(
                BUYER,
                question,
                prompt,
                buyer.decideChoice(prompt, question.prices().length, options, limit),
                value -> new ModelDecision.Choice(value.seller()),
                value -> value.reason());
    }

    private static <T> ModelAnswer answer(
            BundledAgent agent,
            ModelQuestion question,
            Prompt prompt,
            ModelReply<T> reply,
            Function<T, ModelDecision> decision,
            Function<T, String> statedReason) {
        DecisionOutcome outcome = switch (reply.ending()) {
            case ANSWERED -> DecisionOutcome.MODEL;
            case REPAIRED -> DecisionOutcome.REPAIRED;
            case UNANSWERED -> DecisionOutcome.FALLBACK;
            case ALLOWANCE_SPENT, REFUSED -> DecisionOutcome.UNDECIDED;
        };
        return new ModelAnswer(
                new AgentProfile(agent.agentName(), BuildVersion.get(), STRATEGY),
                reply.value().map(decision).orElseGet(question::hold),
                outcome,
                reply.reason(),
                new ModelReport(
                        reply.calls().stream().map(InProcessModelAgents::call).toList(),
                        prompt.variant(),
                        prompt.hash(),
                        reply.value().map(statedReason).orElse(""),
                        reply.ending() == ModelReply.Ending.ALLOWANCE_SPENT,
                        reply.chargedTokens(),
                        reply.chargedCost()));
    }

    private static org.interregnum.orchestrator.agent.ModelCall call(ModelCall call) {
        return new org.interregnum.orchestrator.agent.ModelCall(
                call.isRepair(),
                call.messages().stream()
                        .map(message -> new ChatText(message.role(), message.content()))
                        .toList(),
                call.answer(),
                call.failure(),
                call.status(),
                call.model() == null ? "" : call.model(),
                call.inputTokens(),
                call.outputTokens(),
                call.latencyNanos());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        models.close();
    }
}
