package org.interregnum.seller.grpc;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;
import org.interregnum.agent.server.AgentReadiness;

/** Whether this agent takes questions. */
@Readiness
@Singleton
final class SellerAgentReadiness extends AgentReadiness {}
