package org.interregnum.languagemodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What a server says in the body of an answer besides the model's text. */
final class ServerMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Where servers put their reason: OpenAI and Anthropic, then others, Ollama, and those made with FastAPI. */
    private static final String[] REASONS = {"/error/message", "/message", "/error", "/detail"};

    /** What OpenAI and servers like it say with a 429 when there is nothing left to pay with. */
    private static final String NO_CREDIT = "insufficient_quota";

    private ServerMessage() {}

    /** An HTTP error in one line, such as {@code HTTP 429: slow down}. */
    static String failure(int status, String body, Optional<String> key) {
        String reason = OneLine.of(reason(body), key);
        return reason.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + reason;
    }

    /** Whether an HTTP error is for want of money, which no waiting brings. */
    static boolean saysNoCredit(String body) {
        JsonNode error = parse(body).path("error");
        return NO_CREDIT.equals(error.path("code").textValue())
                || NO_CREDIT.equals(error.path("type").textValue());
    }

    /** A count in an answer that LangChain4j gave up over, such as that of tokens; −1 when it is not there. */
    static long count(String body, String pointer) {
        return parse(body).at(pointer).asLong(-1);
    }

    /** A text in such an answer; null when it is not there. */
    static String text(String body, String pointer) {
        return parse(body).at(pointer).textValue();
    }

    private static String reason(String body) {
        JsonNode answer = parse(body);
        for (String pointer : REASONS) {
            String reason = answer.at(pointer).textValue();
            if (reason != null) {
                return reason;
            }
        }
        return body;
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }
}
