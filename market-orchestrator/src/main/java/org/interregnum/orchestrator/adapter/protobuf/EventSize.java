package org.interregnum.orchestrator.adapter.protobuf;

import java.util.List;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.MarketChange;
import org.interregnum.orchestrator.event.MarketEvent;
import org.interregnum.orchestrator.event.MarketOpened;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.event.StepTaken;

/** How much room an event takes that waits to be written. */
public final class EventSize {
    /** Unit of the room, in bytes; every event takes one at least. */
    public static final int UNIT = 1 << 10;

    private EventSize() {}

    /**
     * An estimate in units.
     *
     * @param most largest result, so that every event finds room
     */
    public static int units(MarketEvent event, int most) {
        return (int) Math.min(most, bytes(event) / UNIT);
    }

    private static long bytes(MarketEvent event) {
        long bytes = UNIT;
        if (event instanceof StepTaken step) {
            bytes += (long) Integer.BYTES * (step.activeBuyers().length + 2L * step.changedBuyers().length)
                    + (long) Double.BYTES * (step.prices().length + step.shares().length)
                    + modelBytes(step.modelBuyers())
                    + decisionBytes(step.ruleDecisions());
        } else if (event instanceof MarketOpened opening) {
            bytes += (long) Integer.BYTES * (opening.choices().length + (long) opening.impressions().length)
                    + (long) Double.BYTES * (opening.prices().length + opening.shares().length);
        } else if (event instanceof MarketChange change) {
            bytes += (long) Integer.BYTES * change.impressions().length;
        }
        return bytes;
    }

    private static long modelBytes(ModelBuyerChanges changes) {
        return 2L * Integer.BYTES * changes.impressionBuyers().length + decisionBytes(changes.decisions());
    }

    private static long decisionBytes(List<BuyerDecisions> all) {
        long bytes = 0;
        for (BuyerDecisions decisions : all) {
            bytes += UNIT + (long) Integer.BYTES * decisions.buyers().length;
        }
        return bytes;
    }
}
