package org.interregnum.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.event.RunForked.PriceShock;
import org.interregnum.orchestrator.model.MarketParameters;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.Given;
import org.interregnum.orchestrator.request.Values;

/** Reads prices that are to be set, such as {@code 3=0.5}. */
final class PriceShocks {
    private static final Pattern SHOCK = Pattern.compile("(\\d{1,10})=(.*)");

    private PriceShocks() {}

    /** @throws BadInputException when one is of no seller, is no price, or a seller has two */
    static List<PriceShock> read(List<Given> texts, int sellers) {
        String rule =
                "must be SELLER=PRICE with a seller from 0 to %d and a price from 0 to 1e9".formatted(sellers - 1);
        List<PriceShock> shocks = new ArrayList<>();
        for (Given text : texts) {
            Matcher shock = SHOCK.matcher(text.text());
            if (!shock.matches()) {
                throw text.isBad(rule);
            }
            long seller = Long.parseLong(shock.group(1));
            double price = price(text, shock.group(2), rule);
            if (seller >= sellers || !(price >= 0 && price <= MarketParameters.LARGEST)) {
                throw text.isBad(rule);
            }
            if (shocks.stream().anyMatch(other -> other.seller() == seller)) {
                throw text.isBad("sets the price of a seller twice; must be once for each");
            }
            shocks.add(new PriceShock((int) seller, price));
        }
        return shocks;
    }

    private static double price(Given text, String price, String rule) {
        try {
            return Values.number(new Given(text.name(), price), rule);
        } catch (BadInputException e) {
            throw text.isBad(rule);
        }
    }
}
