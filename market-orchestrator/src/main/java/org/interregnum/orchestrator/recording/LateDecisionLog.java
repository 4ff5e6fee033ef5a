package org.interregnum.orchestrator.recording;

import java.util.function.Supplier;
import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.DecisionLog;

/** A log that is made when it is first needed: for a run of rules that may get models. Belongs to the run's thread. */
final class LateDecisionLog implements DecisionLog {
    private final Supplier<DecisionLog> making;
    private DecisionLog log;

    LateDecisionLog(Supplier<DecisionLog> making) {
        this.making = making;
    }

    @Override
    public void open() {
        if (log == null) {
            log = making.get();
        }
    }

    @Override
    public void append(DecisionRecord decision) {
        open();
        log.append(decision);
    }

    @Override
    public void asking(AskedQuestion question) {
        open();
        log.asking(question);
    }

    @Override
    public void flush() {
        if (log != null) {
            log.flush();
        }
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
