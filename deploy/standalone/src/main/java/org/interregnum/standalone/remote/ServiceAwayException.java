package org.interregnum.standalone.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLException;

/** The service cannot be reached, or is not able to answer now; asking again may help. The message is one line. */
public final class ServiceAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServiceAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    ServiceAwayException(String message) {
        super(message);
    }

    /** Whether the service may have done what it was asked for, and only its answer is missing. */
    public boolean mayHaveArrived() {
        return getCause() instanceof IOException
                && !(getCause() instanceof ConnectException)
                && !(getCause() instanceof HttpConnectTimeoutException)
                && !(getCause() instanceof SSLException);
    }
}
