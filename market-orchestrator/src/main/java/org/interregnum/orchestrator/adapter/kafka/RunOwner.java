package org.interregnum.orchestrator.adapter.kafka;

/**
 * Whose run it is, and what that one needs to go on with it.
 *
 * @param orchestrator name of an orchestrator service; empty for a run of the command line
 * @param request what was asked for, as the text of a run file; may be empty
 */
public record RunOwner(String orchestrator, String request) {
    /** A run that no service owns. */
    public static final RunOwner NOBODY = new RunOwner("", "");
}
