package org.interregnum.orchestrator.adapter.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketHistory;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.RunStarted;
import org.interregnum.orchestrator.event.StepTaken;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.model.MarketState;

/**
 * The array x of every buyer's seller at every point, written column by column as the events come: it is larger than
 * all else of a run together and is never held in memory.
 */
final class ChoiceHistory {
    private final NpzFile file;
    private MarketState state;
    private final NpyType type;
    private final ByteBuffer column;
    private long points;

    /** Starts the array; the file's next one can be started after {@link #end()}. */
    ChoiceHistory(NpzFile file, MarketParameters parameters, int mostPoints) throws IOException {
        this.file = file;
        state = new MarketState(parameters);
        type = NpyType.ofChoices(parameters.sellers());
        column = ByteBuffer.allocate(Math.multiplyExact(parameters.buyers(), type.size()))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.begin("x", (long) column.capacity() * mostPoints);
    }

    /** Applies an event; each new point is a column. */
    void accept(MarketEvent event) throws IOException {
        if (event instanceof RunStarted started) {
            state = new MarketState(started.parameters(), started.models().modelBuyers());
        }
        MarketHistory.apply(state, event);
        if (event instanceof MarketOpened) {
            putChoices(column, type, state.choices());
        } else if (event instanceof StepTaken step) {
            for (int buyer : step.changedBuyers()) {
                put(column, type, buyer, state.choices()[buyer]);
            }
        } else {
            return;
        }
        file.put(column.array());
        points++;
    }

    /** Ends the array with as many columns as points have come. */
    void end() throws IOException {
        file.end(type.header(true, state.choices().length, points));
    }

    long points() {
        return points;
    }

    /** The bytes of one column. */
    static byte[] column(NpyType type, int[] choices) {
        ByteBuffer column = ByteBuffer.allocate(choices.length * type.size()).order(ByteOrder.LITTLE_ENDIAN);
        putChoices(column, type, choices);
        return column.array();
    }

    private static void putChoices(ByteBuffer column, NpyType type, int[] choices) {
        for (int buyer = 0; buyer < choices.length; buyer++) {
            put(column, type, buyer, choices[buyer]);
        }
    }

    private static void put(ByteBuffer column, NpyType type, int buyer, int choice) {
        switch (type) {
            case INT8 -> column.put(buyer, (byte) choice);
            case INT16 -> column.putShort(buyer * Short.BYTES, (short) choice);
            default -> column.putInt(buyer * Integer.BYTES, choice);
        }
    }
}
