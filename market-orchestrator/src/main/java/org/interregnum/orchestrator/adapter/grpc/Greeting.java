package org.interregnum.orchestrator.adapter.grpc;

import io.grpc.MethodDescriptor;
import java.util.function.Function;
import org.interregnum.agent.BundledAgent;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.DescribeBuyerAgentRequest;
import org.interregnum.agent.v1.DescribeBuyerAgentResponse;
import org.interregnum.agent.v1.DescribeSellerAgentRequest;
import org.interregnum.agent.v1.DescribeSellerAgentResponse;
import org.interregnum.agent.v1.ModelOptions;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;

/**
 * How an agent of a kind is asked who it is.
 *
 * @param method what is asked
 * @param question the question
 * @param aboutModel the question of whoever is going to have it ask a model
 * @param reading what the answer says
 */
record Greeting<Q, A>(
        MethodDescriptor<Q, A> method,
        Q question,
        Function<ModelOptions, Q> aboutModel,
        Function<A, AgentDescription> reading) {
    private static final Greeting<DescribeSellerAgentRequest, DescribeSellerAgentResponse> SELLER = new Greeting<>(
            SellerAgentServiceGrpc.getDescribeSellerAgentMethod(),
            DescribeSellerAgentRequest.getDefaultInstance(),
            model -> DescribeSellerAgentRequest.newBuilder().setModel(model).build(),
            DescribeSellerAgentResponse::getAgent);
    private static final Greeting<DescribeBuyerAgentRequest, DescribeBuyerAgentResponse> BUYER = new Greeting<>(
            BuyerAgentServiceGrpc.getDescribeBuyerAgentMethod(),
            DescribeBuyerAgentRequest.getDefaultInstance(),
            model -> DescribeBuyerAgentRequest.newBuilder().setModel(model).build(),
            DescribeBuyerAgentResponse::getAgent);

    static Greeting<?, ?> of(BundledAgent kind) {
        return kind == BundledAgent.SELLER ? SELLER : BUYER;
    }
}
