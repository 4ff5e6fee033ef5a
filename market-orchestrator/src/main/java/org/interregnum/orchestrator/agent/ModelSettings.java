package org.interregnum.orchestrator.agent;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.interregnum.orchestrator.model.InvalidParameterException;

/**
 * Which model decides, and how it is asked. It holds no key: whoever asks the model has that, by the endpoint's name.
 *
 * @param agent address of the agent service that asks the model, as {@code host:port}; empty for this process
 * @param endpoint name of the endpoint, such as {@code openai}
 * @param provider whose interface the endpoint speaks
 * @param baseUrl where it is, such as {@code https://api.openai.com/v1}; the scheme is kept in small letters
 * @param model name of the model, as the provider knows it
 * @param temperature temperature of sampling, from 0 to 2; null for the provider's default
 * @param structured how the server is made to answer in JSON
 * @param promptVariant name of the prompts' wording
 * @param maxOutputTokens most tokens of one answer, from 1 to 1000000
 * @param callsInFlight most calls under way at the endpoint at once, from 1 to 10000
 * @param callsPerMinute most calls a minute at the endpoint, from 1 to 1000000; 0 for no limit
 * @param callTimeout longest wait for the answer to one call
 * @param deadline longest time for a decision, with all its calls and pauses
 * @param inputPrice price of a million tokens of questions; NaN when unknown
 * @param outputPrice price of a million tokens of answers; NaN when unknown
 */
public record ModelSettings(
        String agent,
        String endpoint,
        ModelProvider provider,
        String baseUrl,
        String model,
        Double temperature,
        StructuredOutput structured,
        String promptVariant,
        int maxOutputTokens,
        int callsInFlight,
        int callsPerMinute,
        Duration callTimeout,
        Duration deadline,
        double inputPrice,
        double outputPrice) {
    /** Stands for any number of calls a minute. */
    public static final int ANY_PACE = 0;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern WORDING = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LAST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofHours(1);

    public ModelSettings {
        require(NAME.matcher(endpoint).matches(), "endpoint", endpoint, "must be letters, digits, '.', '_' and '-'");
        require(
                isUrl(baseUrl),
                "baseUrl",
                baseUrl,
                "must be a URL that begins with http:// or https://, without user, password or query");
        int port = URI.create(baseUrl).getPort();
        require(port == -1 || (port >= 1 && port <= LAST_PORT), "baseUrl", baseUrl, "must have a port from 1 to 65535");
        baseUrl = normalised(baseUrl);
        require(!model.isBlank(), "model", model, "must be the name of a model");
        require(
                temperature == null || (temperature >= 0 && temperature <= 2),
                "temperature",
                String.valueOf(temperature),
                "must be a number from 0 to 2");
        require(
                WORDING.matcher(promptVariant).matches(),
                "promptVariant",
                promptVariant,
                "must be letters, digits and '-'");
        requireCount("maxOutputTokens", maxOutputTokens, 1_000_000);
        requireCount("callsInFlight", callsInFlight, 10_000);
        if (callsPerMinute != ANY_PACE) {
            requireCount("callsPerMinute", callsPerMinute, 1_000_000);
        }
        requireDuration("callTimeout", callTimeout);
        requireDuration("deadline", deadline);
        requirePrice("inputPrice", inputPrice);
        requirePrice("outputPrice", outputPrice);
    }

    /** Whether the prices of tokens are known. */
    public boolean isPriced() {
        return !Double.isNaN(inputPrice) && !Double.isNaN(outputPrice);
    }

    /** Whether calls a minute are limited. */
    public boolean hasPace() {
        return callsPerMinute != ANY_PACE;
    }

    /** The limit of calls a minute, which the model shares with those that name the same; empty without one. */
    public Optional<CallLimit> callLimit() {
        return hasPace() ? Optional.of(new CallLimit(endpoint, baseUrl, callsPerMinute)) : Optional.empty();
    }

    /** The same model, asked by the agent service at another address. */
    public ModelSettings withAgent(String address) {
        return new ModelSettings(
                address,
                endpoint,
                provider,
                baseUrl,
                model,
                temperature,
                structured,
                promptVariant,
                maxOutputTokens,
                callsInFlight,
                callsPerMinute,
                callTimeout,
                deadline,
                inputPrice,
                outputPrice);
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return isWeb
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** With a scheme in small letters, so that one address is written in one way where it is recorded and compared. */
    private static String normalised(String url) {
        int scheme = url.indexOf(':');
        return url.substring(0, scheme).toLowerCase(Locale.ROOT) + url.substring(scheme);
    }

    private static void requireCount(String parameter, int value, int most) {
        require(
                value >= 1 && value <= most,
                parameter,
                Integer.toString(value),
                "must be a whole number from 1 to " + most);
    }

    private static void requireDuration(String parameter, Duration value) {
        require(
                !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0,
                parameter,
                value.toString(),
                "must be above 0 and at most an hour");
    }

    private static void requirePrice(String parameter, double value) {
        require(!(value < 0 || value > 1e9), parameter, Double.toString(value), "must be a number from 0 to 1e9");
    }

    private static void require(boolean holds, String parameter, String value, String rule) {
        if (!holds) {
            throw new InvalidParameterException(parameter, value, rule);
        }
    }
}
