package org.interregnum.agent;

/** How long Java keeps the addresses of a name that it looked up. */
public final class NameLookups {
    private static final String FOUND = "sun.net.inetaddr.ttl";
    private static final String NOT_FOUND = "sun.net.inetaddr.negative.ttl";
    private static final String LONGEST_SECONDS = "2";

    private NameLookups() {}

    /**
     * Makes it two seconds, unless the command line of this Java says otherwise; its own half a minute is longer than a
     * decision may take. Must come before the first look-up of this process.
     */
    public static void forgetSoon() {
        setUnlessSet(FOUND);
        setUnlessSet(NOT_FOUND);
    }

    private static void setUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, LONGEST_SECONDS);
        }
    }
}
