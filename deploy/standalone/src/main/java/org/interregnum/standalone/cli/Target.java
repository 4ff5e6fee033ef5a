package org.interregnum.standalone.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Address of an agent service.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port from 1 to 65535
 */
record Target(String host, int port) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9](?:[A-Za-z0-9._-]*))):(\\d{1,5})");

    static Target parse(Setting setting, Given given) {
        Matcher matcher = ADDRESS.matcher(given.text());
        if (!matcher.matches()) {
            throw given.isBad(setting.rule());
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65535) {
            throw given.isBad(setting.rule());
        }
        return new Target(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
    }

    /** As it was given: {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
