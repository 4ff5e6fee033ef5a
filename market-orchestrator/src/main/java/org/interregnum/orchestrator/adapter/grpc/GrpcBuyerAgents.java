package org.interregnum.orchestrator.adapter.grpc;

import java.util.Locale;
import java.util.Optional;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.PackedRequest;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.orchestrator.agent.AgentAddress;
import org.interregnum.orchestrator.agent.AgentFailureException;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.BuyerAgents;
import org.interregnum.orchestrator.agent.ChoiceQuestion;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;

/**
 * Buyers whose choices an agent service decides, asked over gRPC in batches, some of them at once. Each answer goes
 * where its batch was, so the order in which answers arrive cannot be felt. Belongs to one run, hence to one thread.
 */
public final class GrpcBuyerAgents implements BuyerAgents {
    // A quarter of what gRPC servers accept unless told otherwise.
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final int LARGEST_VARINT = 5;

    private final AgentClient client;
    private final GrpcAgentOptions options;

    private GrpcBuyerAgents(AgentClient client, GrpcAgentOptions options) {
        this.client = client;
        this.options = options;
    }

    /**
     * Connects to an agent and learns who it is.
     *
     * @throws AgentFailureException when nothing listens there, or no buyer agent
     */
    public static GrpcBuyerAgents connect(AgentAddress address, GrpcAgentOptions options) {
        AgentClient client = new AgentClient(BundledAgent.BUYER, address, options.strategy());
        try {
            client.connect(options.connectDeadline());
            return new GrpcBuyerAgents(client, options);
        } catch (AgentFailureException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public Decider choose(ChoiceQuestion question, int[] choices) {
        ChooseSellersRequest head = ChooseSellersRequest.newBuilder()
                .setRunId(options.runId())
                .setStep(question.step())
                .setMarket(GrpcSellerAgents.view(question.prices(), question.shares()))
                .setNetworkEffect(question.networkEffect())
                .setStrategy(options.strategy())
                .build();
        int size = batchSize(question, head.getSerializedSize());
        int batches = (question.count() + size - 1) / size;
        String subject = AgentWords.subject(question.step());
        Decisions decisions = new Decisions(question, choices, size, subject);
        client.askAll(
                PackedRequest.CHOOSE_SELLERS,
                batches,
                options.batchesInFlight(),
                batch -> encode(head, question, batch * size, decisions.sizeOf(batch)),
                decisions,
                subject,
                options.deadline());
        return decisions.decider();
    }

    private int batchSize(ChoiceQuestion question, int headSize) {
        int buyerSize = question.prices().length * Double.BYTES + LARGEST_VARINT;
        int fitting = Math.max(1, (LARGEST_REQUEST - headSize) / buyerSize);
        return Math.min(Math.min(options.batchBuyers(), fitting), question.count());
    }

    private static PackedRequest<ChooseSellersRequest> encode(
            ChooseSellersRequest head, ChoiceQuestion question, int from, int count) {
        ChooseSellersRequest.Builder batch = head.toBuilder();
        int[] buyers = question.buyers();
        for (int index = from; index < from + count; index++) {
            batch.addBuyers(buyers[index]);
        }
        double[][] columns = question.preferences().columns();
        double[] preferences = new double[columns.length * count];
        int at = 0;
        for (double[] column : columns) {
            for (int index = from; index < from + count; index++) {
                preferences[at++] = column[buyers[index]];
            }
        }
        return new PackedRequest<>(batch.build(), preferences);
    }

    @Override
    public Optional<AgentProfile> profile() {
        return Optional.of(client.latest().profile());
    }

    @Override
    public void close() {
        client.close();
    }

    /** Puts the answers of the batches of one step together. */
    private final class Decisions implements AgentClient.AnswerReader<ChooseSellersResponse> {
        private final ChoiceQuestion question;
        private final int[] choices;
        private final int size;
        private final String subject;
        private DecisionOutcome outcome;
        private String reason = "";
        private AgentIdentity by;
        private int deciding;

        Decisions(ChoiceQuestion question, int[] choices, int size, String subject) {
            this.question = question;
            this.choices = choices;
            this.size = size;
            this.subject = subject;
        }

        int sizeOf(int batch) {
            return Math.min(size, question.count() - batch * size);
        }

        @Override
        public void read(int batch, ChooseSellersResponse response, AgentIdentity identity) {
            int asked = sizeOf(batch);
            if (response.getChoicesCount() != asked) {
                throw client.words()
                        .nonsense(String.format(
                                Locale.ROOT,
                                "answered %d choices for %d buyers at %s",
                                response.getChoicesCount(),
                                asked,
                                subject));
            }
            int sellers = question.prices().length;
            for (int index = 0; index < asked; index++) {
                choices[batch * size + index] =
                        AnswerRules.choice(response.getChoices(index), sellers, subject, client.words());
            }
            DecisionOutcome of = AgentIdentity.outcome(response.getOutcome(), subject, client.words());
            // One step, one outcome: that of the least plain batch, the first of those, whichever arrived first.
            int order = outcome == null ? 1 : of.compareTo(outcome);
            if (order > 0 || (order == 0 && batch < deciding)) {
                outcome = of;
                reason = response.getReason();
                by = identity;
                deciding = batch;
            }
        }

        /** Who decided; where batches were answered by different ones, who answered the batch that the outcome is of. */
        Decider decider() {
            return by.decider(outcome, reason);
        }
    }
}
