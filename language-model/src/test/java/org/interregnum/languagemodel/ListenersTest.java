package org.interregnum.languagemodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others hear of calls, such as metrics and traces. */
class ListenersTest {
    private final ModelServer server = new ModelServer();
    private final Hearing hearing = new Hearing();
    private final BoundedLanguageModels models =
            new BoundedLanguageModels(endpoint -> Optional.of("a-key-of-some-length"), List.of(hearing));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldTellListenersOfEveryCallAndOfNoKey() {
        server.then(ModelServer.error(500), ModelServer.answer("{\"price\": 1.5}"));

        ModelReply<Double> reply = Asked.ask(models, Asked.options(server));

        assertThat(reply.ending()).isEqualTo(Ending.ANSWERED);
        assertThat(reply.calls()).hasSize(2);
        assertThat(hearing.errors).hasSize(1);
        assertThat(hearing.answers).containsExactly("served-model");
        assertThat(hearing.everything).doesNotContain("a-key-of-some-length");
    }

    @Test
    void shouldNotLetAListenerSpoilADecision() {
        BoundedLanguageModels spoiled =
                new BoundedLanguageModels(endpoint -> Optional.empty(), List.of(new ChatModelListener() {
                    @Override
                    public void onResponse(ChatModelResponseContext context) {
                        throw new IllegalStateException("a listener that fails");
                    }
                }));
        server.then(ModelServer.answer("{\"price\": 2.5}"));

        assertThat(Asked.ask(spoiled, Asked.options(server)).value()).contains(2.5);
    }

    private static final class Hearing implements ChatModelListener {
        private final List<String> answers = new ArrayList<>();
        private final List<Throwable> errors = new ArrayList<>();
        private final StringBuilder everything = new StringBuilder();

        @Override
        public void onResponse(ChatModelResponseContext context) {
            answers.add(context.chatResponse().metadata().modelName());
            everything.append(context.chatRequest()).append(context.chatResponse());
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            errors.add(context.error());
            everything.append(context.error());
        }
    }
}
