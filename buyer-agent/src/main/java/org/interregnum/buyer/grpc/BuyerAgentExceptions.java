package org.interregnum.buyer.grpc;

import jakarta.inject.Singleton;
import org.interregnum.agent.server.StatusTableExceptionHandlerProvider;

/** Answers this agent's exceptions by the table of the contracts. */
@Singleton
final class BuyerAgentExceptions extends StatusTableExceptionHandlerProvider {}
