package org.interregnum.buyer.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.UnfitAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ChoiceForm CHOICE = new ChoiceForm(10);
    private static final AnswerForm<Impression> IMPRESSION = ImpressionPrompt.FORM;

    @ParameterizedTest
    @CsvSource({"-1, -1", "0, 0", "9, 9", "3.0, 3", "1e0, 1"})
    void shouldReadASellerOrNone(String written, int seller) throws Exception {
        assertThat(CHOICE.read(json("{\"reason\": \"so\", \"seller\": " + written + "}")))
                .isEqualTo(new ChoiceAnswer("so", seller));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | has no 'reason'",
                "7 | is no JSON object",
                "{\"reason\": \"\"} | has no 'seller'",
                "{\"reason\": false, \"seller\": 1} | has false as 'reason'; it must be a string",
                "{\"reason\": \"\", \"seller\": \"1\"} | has \"1\" as 'seller'; it must be an integer",
                "{\"reason\": \"\", \"seller\": 1.5} | has 1.5 as 'seller'; it must be an integer",
                "{\"reason\": \"\", \"seller\": null} | has null as 'seller'; it must be an integer",
                "{\"reason\": \"\", \"seller\": 10} | has 10 as 'seller'; it must be from 0 to 9, or -1 for none",
                "{\"reason\": \"\", \"seller\": -2} | has -2 as 'seller'; it must be from 0 to 9, or -1 for none",
                "{\"reason\": \"\", \"seller\": 4294967297}"
                        + " | has 4294967297 as 'seller'; it must be from 0 to 9, or -1 for none",
                "{\"reason\": \"\", \"seller\": 1, \"price\": 2} | has 'price', which was not asked for"
            })
    void shouldRefuseAChoiceThatDoesNotFit(String answer, String message) {
        assertThatThrownBy(() -> CHOICE.read(json(answer)))
                .isInstanceOf(UnfitAnswerException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(Impression.class)
    void shouldReadEachImpression(Impression impression) throws Exception {
        assertThat(IMPRESSION.read(json("{\"impression\": \"" + impression.word() + "\"}")))
                .isEqualTo(impression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"impression\": \"fine\"}",
                "{\"impression\": \"Good\"}",
                "{\"impression\": \"\"}",
                "{\"impression\": null}",
                "{\"impression\": 3}",
                "{\"impression\": \"good\", \"reason\": \"\"}"
            })
    void shouldRefuseAnImpressionThatDoesNotFit(String answer) {
        assertThatThrownBy(() -> IMPRESSION.read(json(answer))).isInstanceOf(UnfitAnswerException.class);
    }

    @Test
    void shouldAskForAllPropertiesAndNoOthers() {
        assertThat(CHOICE.schema().properties()).containsOnlyKeys("reason", "seller");
        assertThat(CHOICE.schema().required()).containsExactly("reason", "seller");
        assertThat(CHOICE.schema().additionalProperties()).isFalse();
        assertThat(IMPRESSION.schema().required()).containsExactly("impression");
        assertThat(IMPRESSION.schema().additionalProperties()).isFalse();
        assertThat(IMPRESSION.schema().properties().get("impression"))
                .isInstanceOfSatisfying(
                        JsonEnumSchema.class,
                        words -> assertThat(words.enumValues())
                                .containsExactly("terrible", "bad", "neutral", "good", "excellent"));
        assertThat(IMPRESSION.inWords()).isEqualTo("{\"impression\": \"terrible|bad|neutral|good|excellent\"}");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
