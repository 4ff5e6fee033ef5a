package org.interregnum.orchestrator.recording;

import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.DecisionLog;

/**
 * Two logs of the same decisions.
 *
 * @param first gets each decision first
 * @param second gets what the first one has
 */
record DecisionLogs(DecisionLog first, DecisionLog second) implements DecisionLog {
    @Override
    public void open() {
        first.open();
        second.open();
    }

    @Override
    public void append(DecisionRecord decision) {
        first.append(decision);
        second.append(decision);
    }

    @Override
    public void asking(AskedQuestion question) {
        first.asking(question);
        second.asking(question);
    }

    @Override
    public void flush() {
        first.flush();
        second.flush();
    }

    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }
}
