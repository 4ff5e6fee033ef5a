package org.interregnum.orchestrator.adapter.telemetry;

import org.interregnum.orchestrator.agent.DecisionRecord;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.DecisionLog;

/** A log of models' decisions of which each tells the meters what it used. */
record MeasuredDecisionLog(DecisionLog log, RunMeters meters) implements DecisionLog {
    @Override
    public void open() {
        log.open();
    }

    @Override
    public void append(DecisionRecord decision) {
        log.append(decision);
        meters.used(decision);
    }

    @Override
    public void asking(AskedQuestion question) {
        log.asking(question);
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public void close() {
        log.close();
    }
}
