package org.interregnum.seller.grpc;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.interregnum.languagemodel.LanguageModels;

/** Makes what asks the models. Keys come from the environment alone. */
final class SellerLanguageModels {
    @SuppressWarnings("DoNotCallSuggester")
    @Produces
    @Singleton
    LanguageModels models() {
        throw new UnsupportedOperationException("new BoundedLanguageModels(new EnvironmentKeys(System.getenv()))");
    }

    void close(@Disposes LanguageModels models) {
        models.close();
    }
}
