package org.interregnum.standalone.recorded;

import java.util.stream.Stream;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.run.RunListener;
import org.interregnum.orchestrator.run.RunLoop;
import org.interregnum.orchestrator.run.RunResult;
import org.interregnum.standalone.RuleBuyerAgents;
import org.interregnum.standalone.RuleSellerAgents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InProcessRunsTest {
    static Stream<RecordedRun> runs() {
        return RecordedRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldEqualTheRecordedRunInEveryBit(RecordedRun run) {
        RunResult result = new RunLoop(
                        "test",
                        "test",
                        run.spec(),
                        new RuleSellerAgents(),
                        new RuleBuyerAgents(),
                        EventLog.NONE,
                        RunListener.NONE)
                .run();

        run.assertEqualTo(result);
    }
}
