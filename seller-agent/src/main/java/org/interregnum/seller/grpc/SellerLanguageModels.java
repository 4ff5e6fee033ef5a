package org.interregnum.seller.grpc;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.interregnum.languagemodel.BoundedLanguageModels;
import org.interregnum.languagemodel.EnvironmentKeys;
import org.interregnum.languagemodel.LanguageModels;

/**
 * Makes what asks the models. Keys come from the environment alone; of every call hear the listeners that the application
 * has as beans, among them those that the LangChain4j extension makes when metrics or tracing are there.
 */
final class SellerLanguageModels {
    @Produces
    @Singleton
    LanguageModels models(@All List<ChatModelListener> listeners) {
        return new BoundedLanguageModels(new EnvironmentKeys(System.getenv()), listeners);
    }

    void close(@Disposes LanguageModels models) {
        models.close();
    }
}
