package org.interregnum.standalone.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Puts into a line why a call came to nothing. */
final class ServiceProblem {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BAD_GATEWAY = 502;
    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;

    /** Too many requests, unavailable, no answer through a proxy: it may be better later. */
    private static final Set<Integer> PASSING = Set.of(429, 503, 504);

    private static final ObjectMapper JSON = new ObjectMapper();

    private ServiceProblem() {}

    /** There was no answer. */
    static ServiceAwayException of(ServiceAddress address, IOException e) {
        return new ServiceAwayException("cannot reach " + address + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection within 5 s";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer within 90 s";
        }
        if (e instanceof SSLException) {
            return "no TLS connection: "
                    + (isUntrusted(e)
                            ? "its certificate is of no authority that is trusted here; " + ServiceTrust.VARIABLE
                                    + " names a file of those that are"
                            : e.getMessage());
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "its name is not known";
            }
        }
        // Java has no words of its own for it.
        return e instanceof ConnectException && e.getMessage() == null
                ? "connection refused"
                : String.valueOf(e.getMessage());
    }

    private static boolean isUntrusted(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    /** The answer is not what was asked for. */
    static RuntimeException of(ServiceAddress address, boolean hasToken, HttpResponse<?> response, String body) {
        int status = response.statusCode();
        String detail = detail(response, body);
        if (status == UNAUTHORIZED) {
            return new ServiceRefusalException(
                    status,
                    hasToken
                            ? address + " does not take this token; " + ServiceToken.VARIABLE + ", "
                                    + ServiceToken.FILE_VARIABLE + " or --token-file must have that of the service"
                            : address + " wants a token; set " + ServiceToken.VARIABLE + ", or "
                                    + ServiceToken.FILE_VARIABLE + " to a file with it");
        }
        if (PASSING.contains(status) || (status == BAD_GATEWAY && detail.isEmpty())) {
            return new ServiceAwayException(address + " answers " + status + (detail.isEmpty() ? "" : ": " + detail));
        }
        if (!detail.isEmpty()) {
            return new ServiceRefusalException(status, detail);
        }
        if (status == FORBIDDEN) {
            return new ServiceRefusalException(
                    status,
                    address
                            + " answers 403: whoever stands before the service does not let this through; the token that is"
                            + " sent is that of " + ServiceToken.VARIABLE + " or " + ServiceToken.FILE_VARIABLE);
        }
        if (status >= REDIRECTION && status < CLIENT_ERROR) {
            return new ServiceRefusalException(
                    status,
                    address + " answers " + status
                            + response.headers()
                                    .firstValue("Location")
                                    .map(place -> ", to go to " + place)
                                    .orElse("")
                            + "; is it the right URL?");
        }
        return new ServiceRefusalException(status, address + " answers " + status + "; is it the right URL?");
    }

    /** Somebody else answers. */
    static ServiceRefusalException stranger(ServiceAddress address) {
        return new ServiceRefusalException(
                0, address + " does not answer as an orchestrator service does; is it the right URL?");
    }

    private static String detail(HttpResponse<?> response, String body) {
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            return "";
        }
        try {
            return JSON.readTree(body).path("detail").asText("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
