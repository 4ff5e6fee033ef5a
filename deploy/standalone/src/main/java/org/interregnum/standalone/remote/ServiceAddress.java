package org.interregnum.standalone.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.interregnum.orchestrator.request.Given;

/**
 * Where an orchestrator service is.
 *
 * @param base its URL, without a slash at the end
 */
public record ServiceAddress(String base) {
    private static final String RULE = "must be the URL of an orchestrator service, such as http://localhost:8080";
    private static final String API = "/api/v1";

    /**
     * Reads it; a path before that of the API, as behind a proxy, is fine, and so is that of the API itself.
     *
     * @throws org.interregnum.orchestrator.request.BadInputException when it is no such URL
     */
    public static ServiceAddress of(Given given) {
        URI url;
        try {
            url = new URI(given.text().strip());
        } catch (URISyntaxException e) {
            throw given.isBad(RULE);
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean isPlain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        boolean isHttp = scheme.equals("http") || scheme.equals("https");
        if (!isHttp || url.getHost() == null || !isPlain) {
            throw url.getRawUserInfo() == null
                    ? given.isBad(RULE)
                    // It may be a secret, and is not repeated.
                    : new Given(given.name(), "(with a user's name)").isBad(RULE);
        }
        String text = url.toString().replaceAll("/+$", "");
        return new ServiceAddress(text.endsWith(API) ? text.substring(0, text.length() - API.length()) : text);
    }

    /**
     * The URL of a call.
     *
     * @param path what comes behind {@code /api/v1}, such as {@code /runs}
     */
    public URI call(String path) {
        return URI.create(base + API + path);
    }

    /** Where it says whether it is ready. */
    URI ready() {
        return URI.create(base + "/q/health/ready");
    }

    @Override
    public String toString() {
        return base;
    }
}
