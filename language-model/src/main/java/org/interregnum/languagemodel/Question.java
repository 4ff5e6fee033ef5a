package org.interregnum.languagemodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model is asked, and the most that it may cost.
 *
 * @param isRepair whether the model is asked to mend its answer
 * @param messages the conversation
 * @param request the same for LangChain4j, with all parameters
 * @param mostInputTokens most tokens that the provider may count for it
 */
record Question(boolean isRepair, List<ChatText> messages, ChatRequest request, long mostInputTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPENAI_HOST = "://api.openai.com";
    /** What providers add to each message, and to the whole, is less. */
    private static final int TOKENS_PER_MESSAGE = 16;

    private static final int TOKENS_PER_QUESTION = 64;

    /** The first question of a decision. */
    static Question first(Prompt prompt, AnswerForm<?> form, ModelOptions options) {
        List<ChatText> messages = new ArrayList<>();
        if (!prompt.system().isBlank()) {
            messages.add(new ChatText("system", prompt.system()));
        }
        messages.add(new ChatText("user", prompt.user()));
        return of(false, messages, form, options);
    }

    /** The question to mend an answer. */
    Question repair(String answer, String why, AnswerForm<?> form, ModelOptions options) {
        List<ChatText> conversation = new ArrayList<>(messages);
        conversation.add(new ChatText("assistant", answer.isBlank() ? "(empty)" : answer));
        conversation.add(new ChatText(
                "user",
                "Your answer could not be used: it " + why
                        + ". Answer again, with nothing but a JSON object of this form: " + form.inWords()));
        return of(true, conversation, form, options);
    }

    private static Question of(boolean isRepair, List<ChatText> messages, AnswerForm<?> form, ModelOptions options) {
        ResponseFormat format = format(form, options);
        // A token stands for at least one byte.
        long tokens = TOKENS_PER_QUESTION + bytesOfSchema(format);
        List<ChatMessage> chatMessages = new ArrayList<>(messages.size());
        for (ChatText message : messages) {
            tokens += TOKENS_PER_MESSAGE + bytes(message.content());
            chatMessages.add(chatMessage(message));
        }
        ChatRequest request = ChatRequest.builder()
                .messages(chatMessages)
                .parameters(parameters(format, options))
                .build();
        return new Question(isRepair, List.copyOf(messages), request, tokens);
    }

    private static ChatMessage chatMessage(ChatText message) {
        return switch (message.role()) {
            case "system" -> SystemMessage.from(message.content());
            case "assistant" -> AiMessage.from(message.content());
            default -> UserMessage.from(message.content());
        };
    }

    private static ChatRequestParameters parameters(ResponseFormat format, ModelOptions options) {
        DefaultChatRequestParameters.Builder<?> parameters;
        if (options.provider() == Provider.OPENAI && isOpenAi(options.baseUrl())) {
            // OpenAI's newer models refuse max_tokens; most other servers do not know its successor.
            parameters = OpenAiChatRequestParameters.builder().maxCompletionTokens(options.maxOutputTokens());
        } else {
            parameters = ChatRequestParameters.builder().maxOutputTokens(options.maxOutputTokens());
        }
        return parameters
                .modelName(options.model())
                .temperature(options.temperature())
                .responseFormat(format)
                .build();
    }

    /** How the server is made to answer in JSON; null when it is told nothing. */
    private static ResponseFormat format(AnswerForm<?> form, ModelOptions options) {
        return switch (options.structured()) {
            case JSON_SCHEMA ->
                ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(form.name())
                                .rootElement(form.schema())
                                .build())
                        .build();
            // Anthropic knows schemas only, and LangChain4j refuses anything else for it.
            case JSON_OBJECT -> options.provider() == Provider.ANTHROPIC ? null : ResponseFormat.JSON;
            case NONE -> null;
        };
    }

    private static boolean isOpenAi(String baseUrl) {
        String address = baseUrl.toLowerCase(Locale.ROOT);
        int host = address.indexOf(OPENAI_HOST);
        int end = host + OPENAI_HOST.length();
        return host >= 0 && (address.length() == end || address.charAt(end) == '/' || address.charAt(end) == ':');
    }

    private static long bytesOfSchema(ResponseFormat format) {
        if (format == null || format.jsonSchema() == null) {
            return 0;
        }
        try {
            return JSON.writeValueAsBytes(
                            JsonSchemaElementUtils.toMap(format.jsonSchema().rootElement(), true))
                    .length;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a schema of maps and strings is JSON", impossible);
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
