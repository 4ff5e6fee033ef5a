package org.interregnum.agent;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.MethodDescriptor;
import org.interregnum.agent.v1.BuyerAgentServiceGrpc;
import org.interregnum.agent.v1.ChooseSellersRequest;
import org.interregnum.agent.v1.ChooseSellersResponse;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.SellerAgentServiceGrpc;

/**
 * A request whose one long field of doubles is an array. On the wire it is the contract's message, byte for byte; only
 * the generated classes, which move and check such a field one double at a time, are gone round. That is a good part of
 * what a step over gRPC costs.
 *
 * @param head the message without its long field; null when what arrived was no such message
 * @param values the long field
 * @param <H> type of the message
 */
public record PackedRequest<H extends MessageLite>(H head, double[] values) {

    /** {@code DecidePrice}, asked with its price premiums as an array. */
    public static final MethodDescriptor<PackedRequest<DecidePriceRequest>, DecidePriceResponse> DECIDE_PRICE = packed(
            SellerAgentServiceGrpc.getDecidePriceMethod(),
            DecidePriceRequest.parser(),
            DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER);

    /** {@code ChooseSellers}, asked with its preferences as an array. */
    public static final MethodDescriptor<PackedRequest<ChooseSellersRequest>, ChooseSellersResponse> CHOOSE_SELLERS =
            packed(
                    BuyerAgentServiceGrpc.getChooseSellersMethod(),
                    ChooseSellersRequest.parser(),
                    ChooseSellersRequest.PREFERENCES_FIELD_NUMBER);

    /**
     * The message without its long field.
     *
     * @throws InvalidRequestException when what arrived was no such message; said here and not where it is read,
     *     because there gRPC would take it for a fault of the server
     */
    @Override
    public H head() {
        if (head == null) {
            throw new InvalidRequestException("the request is not in the encoding of the contract");
        }
        return head;
    }

    private static <H extends MessageLite, A> MethodDescriptor<PackedRequest<H>, A> packed(
            MethodDescriptor<H, A> method, Parser<H> parser, int field) {
        return method.toBuilder(new PackedRequestMarshaller<>(parser, field), method.getResponseMarshaller())
                .build();
    }
}
