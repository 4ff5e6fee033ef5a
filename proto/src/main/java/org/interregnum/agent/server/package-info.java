/**
 * What the two agents that come with the house share as Quarkus applications; for them alone. It is no part of the
 * contracts: whoever writes an agent needs the services, or {@code org.interregnum.agent}, and nothing from here.
 *
 * <p>These classes need {@code quarkus-grpc}, which this module therefore names, but as optional, so that the orchestrator
 * and other users of the contracts do not get it. Only the bundled agents' modules, which depend on Quarkus themselves,
 * may use this package.
 *
 * <p>Two things here are not Quarkus' public interface, and are to be looked at whenever its version changes:
 *
 * <ul>
 *   <li>{@link org.interregnum.agent.server.ListeningCheck} asks {@code io.quarkus.grpc.runtime.GrpcServerRecorder} how
 *       many servers listen, because nothing public says that the port was taken;
 *   <li>{@link org.interregnum.agent.server.OrderlyStop} takes every deployment of Quarkus' Vert.x for a gRPC server,
 *       which holds as long as an agent deploys nothing else.
 * </ul>
 */
package org.interregnum.agent.server;
