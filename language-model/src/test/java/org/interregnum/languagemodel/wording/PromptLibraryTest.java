package org.interregnum.languagemodel.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.interregnum.languagemodel.Prompt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLibraryTest {
    private static final PromptKind KIND =
            new PromptKind("offer", Set.of("price", "list"), Map.of("news", Set.of("headline"), "rain", Set.of()));

    @TempDir
    private Path directory;

    private PromptLibrary library;

    @BeforeEach
    void open() {
        library = new PromptLibrary(PromptLibraryTest.class, Optional.of(directory));
    }

    @Test
    void shouldFillVariablesAndTellTheSectionsThatThereAre() throws IOException {
        write(
                "mine",
                "who",
                "Price {{price}}, again {{price}}.\n\n{{#news}}\n{{headline}}\n{{/news}}\n{{list}}\nend\n");
        PromptWording wording = library.wording(KIND, "mine");
        Prompt prompt =
                wording.fill(Map.of("price", "$1\\2", "list", "a\nb\n", "headline", "{{price}}"), Set.of("news"));
        assertThat(prompt.variant()).isEqualTo("mine");
        assertThat(prompt.system()).isEqualTo("who");
        assertThat(prompt.user()).isEqualTo("Price $1\\2, again $1\\2.\n\n{{price}}\na\nb\nend");
        assertThat(wording.fill(Map.of("price", "1", "list", ""), Set.of()).user())
                .isEqualTo("Price 1, again 1.\n\nend");
    }

    @Test
    void shouldHashTheTemplatesAndNotTheSituation() throws Exception {
        write("one", "who", "{{price}}\n");
        write("two", "who", "{{price}}");
        write("three", "wh", "o{{price}}");
        PromptWording one = library.wording(KIND, "one");
        assertThat(one.fill(Map.of("price", "1"), Set.of()).hash())
                .isEqualTo(one.fill(Map.of("price", "2"), Set.of()).hash())
                // printf 'who\0{{price}}\n' | sha256sum
                .isEqualTo("52b3df63bf718b2abcb3cda7af358e793da36e59e2e17bed5ea3ece383ae061e");
        assertThat(library.wording(KIND, "two")
                        .fill(Map.of("price", "1"), Set.of())
                        .hash())
                .isNotEqualTo(library.wording(KIND, "three")
                        .fill(Map.of("price", "1"), Set.of())
                        .hash());
    }

    @Test
    void shouldNotChangeAWordingWhileItRuns() throws IOException {
        write("mine", "who", "{{price}}");
        library.wording(KIND, "mine");
        write("mine", "who", "changed");
        assertThat(library.wording(KIND, "mine")
                        .fill(Map.of("price", "1"), Set.of())
                        .user())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{cost}} | bad/offer-user.txt: {{cost}} is no variable of 'offer'; known: list, price",
                "{{headline}} | bad/offer-user.txt: {{headline}} may only stand between the lines {{#news}} and {{/news}}",
                "{{ price }} | bad/offer-user.txt: '{{ price }}' has {{ but no variable after it",
                "{{price | bad/offer-user.txt: '{{price' has {{ but no variable after it",
                "{{#snow}} | bad/offer-user.txt: {{#snow}} is no section of 'offer'; known: news, rain",
                "{{#news}} | bad/offer-user.txt: {{#news}} is not closed",
                "{{/news}} | bad/offer-user.txt: {{/news}} closes nothing that is open",
                "{{#news}}~{{#rain}} | bad/offer-user.txt: {{#rain}} stands inside {{#news}}",
                "{{#news}}~{{/rain}} | bad/offer-user.txt: {{/rain}} closes nothing that is open",
                "a {{#news}} | bad/offer-user.txt: 'a {{#news}}' has {{ but no variable after it"
            })
    void shouldNameFileAndMistake(String template, String message) throws IOException {
        write("bad", "who", template.replace('~', '\n'));
        assertThatThrownBy(() -> library.wording(KIND, "bad"))
                .isInstanceOf(PromptException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseAVariableWithoutAValue() throws IOException {
        write("mine", "who", "{{price}}");
        assertThatThrownBy(() -> library.wording(KIND, "mine").fill(Map.of(), Set.of()))
                .isInstanceOf(PromptException.class)
                .hasMessage("mine/offer-user.txt: {{price}} has no value in this situation");
    }

    @Test
    void shouldNameTheKnownWordings() throws IOException {
        write("mine", "who", "{{price}}");
        assertThatThrownBy(() -> library.wording(KIND, "yours"))
                .isInstanceOf(PromptException.class)
                .hasMessage("there is no wording 'yours' of prompts for 'offer'; known: mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../mine", "a/b", "a\\b", ".", "..", "plain.txt", "a b", "a\nb", "ä"})
    void shouldRefuseWhatIsNoName(String variant) {
        assertThatThrownBy(() -> library.wording(KIND, variant))
                .isInstanceOf(PromptException.class)
                .message()
                .contains("such a name has letters, digits and hyphens")
                .doesNotContain("\n");
    }

    @Test
    void shouldRefuseHalfAWordingAndADirectoryThatIsNotThere() throws IOException {
        write("half", "who", "{{price}}");
        Files.delete(directory.resolve("half/offer-system.txt"));
        assertThatThrownBy(() -> library.wording(KIND, "half"))
                .isInstanceOf(PromptException.class)
                .hasMessage("the wording 'half' in " + directory + " lacks offer-system.txt");
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> new PromptLibrary(PromptLibraryTest.class, Optional.of(nowhere)))
                .isInstanceOf(PromptException.class)
                .hasMessage("there is no directory '" + nowhere + "' to read prompts from");
    }

    private void write(String variant, String system, String user) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(variant));
        Files.writeString(folder.resolve("offer-system.txt"), system);
        Files.writeString(folder.resolve("offer-user.txt"), user);
    }
}
