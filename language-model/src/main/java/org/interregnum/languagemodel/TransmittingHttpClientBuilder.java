package org.interregnum.languagemodel;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/**
 * Hands LangChain4j the one client. It is given to every model, so that none looks for another on the class path.
 *
 * @param client the client, whose time-outs are those of the calls
 */
record TransmittingHttpClientBuilder(TransmittingHttpClient client) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return client;
    }
}
