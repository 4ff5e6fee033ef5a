package org.interregnum.agent.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.interregnum.agent.UnmetRequestException;

/**
 * Addresses that callers may send an agent to. A request names an address and the agent adds its key, so a request must
 * not be able to name just any: the well-known providers and this machine are permitted, and what the agent's
 * configuration adds.
 */
public final class PermittedUrls {
    /** The setting that adds addresses. */
    public static final String SETTING = "interregnum.endpoint-urls";

    private static final List<String> ALWAYS = List.of("https://api.openai.com", "https://api.anthropic.com");

    private static final int LAST_PORT = 65_535;

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[::1]|127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

    /** An address in parts that can be compared. The path has no slash at its end. */
    private record Address(String scheme, String host, int port, String path) {
        boolean isAtOrBelow(Address other) {
            return scheme.equals(other.scheme)
                    && host.equals(other.host)
                    && port == other.port
                    && (path + "/").startsWith(other.path + "/");
        }
    }

    private final List<Address> permitted = new ArrayList<>();

    /**
     * A set of addresses.
     *
     * @param added those that the configuration adds; each permits what lies below it
     * @throws IllegalArgumentException when one of them is no address; the message is one line that names the setting
     */
    public PermittedUrls(List<String> added) {
        for (String url : ALWAYS) {
            permitted.add(parsed(url));
        }
        for (String url : added) {
            Address address = parsed(url.strip());
            if (address == null) {
                throw new IllegalArgumentException(SETTING + " has '" + url + "'; it must list http or https addresses"
                        + " without user, query and fragment, such as https://models.example.org/v1");
            }
            permitted.add(address);
        }
    }

    /** Refuses an address that is not permitted. */
    public void require(String baseUrl) {
        Address address = parsed(baseUrl);
        boolean isPermitted = address != null
                && (LOOPBACK.matcher(address.host()).matches()
                        || permitted.stream().anyMatch(address::isAtOrBelow));
        if (!isPermitted) {
            // Who writes a password into an address does not want to read it in a log.
            String shown =
                    baseUrl.contains("@") ? "with an '@' in it" : "'" + baseUrl.replaceAll("\\p{Cntrl}", "?") + "'";
            throw new UnmetRequestException("this agent may not ask at the model.base_url " + shown + "; its setting "
                    + SETTING + " adds addresses");
        }
    }

    /** The parts of an address, by the same parser as the HTTP client's; null when it is not one to be compared safely. */
    private static Address parsed(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || uri.getHost() == null
                    || uri.getPort() == 0
                    || uri.getPort() > LAST_PORT
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    // Servers differ in what they make of these.
                    || path.contains("%")
                    || path.contains("//")
                    || List.of(path.split("/")).contains("..")
                    || List.of(path.split("/")).contains(".")) {
                return null;
            }
            int standardPort = scheme.equals("https") ? 443 : 80;
            return new Address(
                    scheme,
                    uri.getHost().toLowerCase(Locale.ROOT),
                    uri.getPort() == -1 ? standardPort : uri.getPort(),
                    path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
