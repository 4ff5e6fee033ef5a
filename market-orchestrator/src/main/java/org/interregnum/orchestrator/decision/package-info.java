/**
 * Decisions of language models, as a run takes them: recorded before they count, paid for within a budget, counted by
 * outcome, and never invented. Asks through the port {@code agent.ModelAgents}.
 */
package org.interregnum.orchestrator.decision;
