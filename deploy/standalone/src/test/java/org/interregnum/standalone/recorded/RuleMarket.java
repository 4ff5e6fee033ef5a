package org.interregnum.standalone.recorded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A market of rules whose run takes some seconds, so that something can be done to it. */
public final class RuleMarket {
    private RuleMarket() {}

    /** The command that runs it; the caller may add to it. */
    public static List<String> command(Path out, int points) {
        return new ArrayList<>(List.of(
                "run",
                "--J=1",
                "--rho=0.8",
                "--Nt=" + points,
                "--num-buyers=500",
                "--no-fig",
                "--quiet",
                "--out=" + out));
    }
}
