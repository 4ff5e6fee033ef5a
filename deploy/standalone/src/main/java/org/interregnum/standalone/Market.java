package org.interregnum.standalone;

import org.interregnum.agent.NameLookups;
import org.interregnum.standalone.cli.Console;
import org.interregnum.standalone.cli.MarketCommand;

/** The {@code market} program: runs markets, checks run files, serves agents. */
public final class Market {
    private Market() {}

    /** Runs one command and exits with its code: 0 done, 2 bad input, 3 agents failed, 130 interrupted. */
    public static void main(String[] arguments) {
        Lifeline.holdIfAsked();
        NameLookups.forgetSoon();
        System.exit(new MarketCommand(Console.ofProcess()).execute(arguments));
    }
}
