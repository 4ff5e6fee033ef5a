package org.interregnum.orchestrator.recording;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.interregnum.orchestrator.adapter.file.FileDecisionLines;
import org.interregnum.orchestrator.adapter.json.IndexedDecisions;
import org.interregnum.orchestrator.agent.Allowance;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.decision.AskedQuestion;
import org.interregnum.orchestrator.decision.BudgetLedger;
import org.interregnum.orchestrator.event.EventLogException;

/** What the models of a run have used by its record, those questions among it whose answers were lost with a process. */
public final class RecordedUse {
    private final BudgetLedger ledger;
    private final Map<Subject, Integer> lines = new HashMap<>();

    private RecordedUse(BudgetLedger ledger) {
        this.ledger = ledger;
    }

    private record Subject(long step, DecisionKind kind, int number) {}

    /**
     * Counts it against a budget, as the run would when it is resumed.
     *
     * @throws EventLogException when the record is damaged
     */
    public static void charge(RunDirectory directory, BudgetLedger ledger) {
        if (Files.exists(directory.decisions())) {
            IndexedDecisions decisions = IndexedDecisions.read(FileDecisionLines.in(directory.decisions()));
            RecordedUse use = new RecordedUse(ledger);
            decisions.forEach(decision -> {
                use.lines.merge(new Subject(decision.step(), decision.kind(), decision.subject()), 1, Integer::sum);
                ledger.charge(
                        decision.answer().report().chargedCalls(),
                        decision.answer().report().chargedTokens(),
                        decision.answer().report().chargedCost());
            });
            decisions.forEachAsked(use::add);
        }
    }

    private void add(AskedQuestion asked) {
        if (lines.merge(new Subject(asked.step(), asked.kind(), asked.subject()), -1, Integer::sum) < 0) {
            Allowance allowance = asked.allowance();
            ledger.charge(
                    allowance.calls() == Long.MAX_VALUE ? 0 : allowance.calls(),
                    allowance.tokens() == Long.MAX_VALUE ? 0 : allowance.tokens(),
                    allowance.cost() == Double.POSITIVE_INFINITY ? 0 : allowance.cost());
        }
    }
}
