package org.interregnum.orchestrator.agent;

/**
 * One message of a conversation with a model.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content its text
 */
public record ChatText(String role, String content) {}
