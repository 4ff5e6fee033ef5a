package org.interregnum.seller.grpc;

import jakarta.inject.Singleton;
import org.interregnum.agent.server.AgentServerTls;

/** Encrypted connections to this agent, where the environment names a certificate. */
@Singleton
final class SellerAgentTls extends AgentServerTls {}
