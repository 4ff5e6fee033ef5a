package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.interregnum.orchestrator.event.RunForked.PriceShock;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Setting;
import org.interregnum.orchestrator.run.RunSpec;

/** What a fork does otherwise than the run that it comes from, in words. */
final class ForkChanges {
    private final List<String> changes = new ArrayList<>();

    private ForkChanges() {}

    /** Such as {@code rho 0.8 -> 0.1, price of seller 3 = 0.5}, or {@code nothing changed}. */
    static String between(RunSpec before, RunSpec after, Map<Setting, Given> options, List<PriceShock> shocks) {
        ForkChanges words = new ForkChanges();
        words.add("J", before.market().scaledNetworkEffect(), after.market().scaledNetworkEffect());
        words.add("rho", before.market().updateRate(), after.market().updateRate());
        words.add("Nt", before.points(), after.points());
        words.add("unit_cost", before.market().unitCost(), after.market().unitCost());
        words.add("cost_cap", before.market().costCap(), after.market().costCap());
        words.add("noise", before.market().noise(), after.market().noise());
        words.add("visibility", before.market().visibility(), after.market().visibility());
        words.add("burn_in", before.burnIn(), after.burnIn());
        for (Setting setting : List.of(
                Setting.SELLER_STRATEGY,
                Setting.BUYER_STRATEGY,
                Setting.MODEL,
                Setting.ACTIVATION,
                Setting.SELLER_TARGET,
                Setting.BUYER_TARGET)) {
            if (options.containsKey(setting)) {
                words.changes.add(setting.firstName().substring(2) + " "
                        + options.get(setting).text());
            }
        }
        shocks.forEach(shock -> words.changes.add("price of seller " + shock.seller() + " = " + shock.price()));
        return words.changes.isEmpty() ? "nothing changed" : String.join(", ", words.changes);
    }

    private void add(String name, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(name + " " + before + " -> " + after);
        }
    }
}
