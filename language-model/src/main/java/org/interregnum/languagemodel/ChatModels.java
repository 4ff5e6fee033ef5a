package org.interregnum.languagemodel;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** LangChain4j's models, one for each provider and address: which model is meant travels with the request. */
final class ChatModels {
    /** Anthropic's builder insists on a key. It is not sent. */
    private static final String NO_KEY = "none";

    private final HttpClientBuilder http;
    private final Map<Address, ChatModel> models = new ConcurrentHashMap<>();

    ChatModels(HttpClientBuilder http) {
        this.http = http;
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
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(address.baseUrl())
                        .apiKey(NO_KEY)
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                new OllamaChatModel.OllamaChatModelBuilder()
                        .httpClientBuilder(http)
                        .baseUrl(address.baseUrl())
                        .maxRetries(0)
                        .build();
        };
    }

    private record Address(Provider provider, String baseUrl) {}
}
