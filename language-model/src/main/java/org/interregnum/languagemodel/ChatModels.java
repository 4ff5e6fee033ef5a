package org.interregnum.languagemodel;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** LangChain4j's models, one for each provider and address: which model is meant travels with the request. */
final class ChatModels {
    /** Anthropic's builder insists on a key. It is not sent. */
    private static final String NO_KEY = "none";

    private final HttpClientBuilder http;
    private final List<ChatModelListener> listeners;
    private final Map<Address, ChatModel> models = new ConcurrentHashMap<>();

    ChatModels(HttpClientBuilder http, List<ChatModelListener> listeners) {
        this.http = http;
        this.listeners = List.copyOf(listeners);
    }

    ChatModel of(ModelOptions options) {
        return models.computeIfAbsent(new Address(options.provider(), options.baseUrl()), this::model);
    }

    // The builders are made with `new` where that can be, since `builder()` takes any that it finds on the class path.
    private ChatModel model(Address address) {
        return switch (address.provider()) {
            case OPENAI ->
                new OpenAiChatModel.OpenAiChatModelBuilder()
                        .httpClientBuilder(http)
                        .baseUrl(address.baseUrl())
                        .strictJsonSchema(true)
                        .listeners(listeners)
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(address.baseUrl())
                        .apiKey(NO_KEY)
                        .listeners(listeners)
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                new OllamaChatModel.OllamaChatModelBuilder()
                        .httpClientBuilder(http)
                        .baseUrl(address.baseUrl())
                        .listeners(listeners)
                        .maxRetries(0)
                        .build();
        };
    }

    private record Address(Provider provider, String baseUrl) {}
}
