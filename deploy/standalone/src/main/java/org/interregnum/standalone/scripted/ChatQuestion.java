package org.interregnum.standalone.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request for a chat completion asks.
 *
 * @param form what the answer must be
 * @param text all messages, one below the other
 */
record ChatQuestion(Form form, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the body of a request. */
    static ChatQuestion read(byte[] body) throws MalformedRequestException {
        JsonNode request = parse(body);
        if (!request.path("model").isTextual()) {
            throw new MalformedRequestException("model: must be there, as a string");
        }
        if (request.path("stream").asBoolean()) {
            throw new MalformedRequestException("stream: must be false; answers are not streamed");
        }
        JsonNode messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new MalformedRequestException("messages: must be a list of at least one message");
        }
        List<String> texts = new ArrayList<>(messages.size());
        String last = "";
        for (JsonNode message : messages) {
            String text = content(message);
            texts.add(text);
            // What the model itself said before, and was told to mend, shows no form.
            if (!message.path("role").textValue().equals("assistant")) {
                last = text;
            }
        }
        String text = String.join("\n", texts);
        return new ChatQuestion(form(request, last, text), text);
    }

    private static JsonNode parse(byte[] body) throws MalformedRequestException {
        try {
            JsonNode request = JSON.readTree(body);
            if (request.isObject()) {
                return request;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new MalformedRequestException("the body: must be a JSON object");
    }

    private static String content(JsonNode message) throws MalformedRequestException {
        JsonNode content = message.path("content");
        if (!message.path("role").isTextual()) {
            throw new MalformedRequestException("messages: each must have a role, as a string");
        }
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray()) {
            throw new MalformedRequestException("messages: each must have a content, as a string or a list of parts");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asText());
        }
        return text.toString();
    }

    private static Form form(JsonNode request, String last, String text) {
        String schema =
                request.path("response_format").path("json_schema").path("name").asText();
        Form form = Form.ofSchema(schema);
        if (form == Form.UNKNOWN) {
            form = Form.shownIn(last);
        }
        return form == Form.UNKNOWN ? Form.shownIn(text) : form;
    }
}
