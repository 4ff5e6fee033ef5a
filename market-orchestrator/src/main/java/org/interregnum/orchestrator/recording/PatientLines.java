package org.interregnum.orchestrator.recording;

import java.util.function.Consumer;
import org.interregnum.orchestrator.adapter.json.DecisionLines;
import org.interregnum.orchestrator.adapter.kafka.BrokerAwayException;

/**
 * Lines on a broker that is waited for before the first of them; one that goes away behind that is a fault, because whoever
 * reads has them already.
 *
 * @param lines the lines
 * @param patience how it is waited for
 */
record PatientLines(DecisionLines lines, BrokerPatience patience) implements DecisionLines {
    @Override
    public String name() {
        return lines.name();
    }

    @Override
    public String place(long number) {
        return lines.place(number);
    }

    @Override
    public long read(long most, Consumer<byte[]> reader) {
        boolean[] begun = {false};
        return patience.await(() -> {
            try {
                return lines.read(most, line -> {
                    begun[0] = true;
                    reader.accept(line);
                });
            } catch (BrokerAwayException e) {
                throw begun[0] ? e.forGood() : e;
            }
        });
    }
}
