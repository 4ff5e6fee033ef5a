package org.interregnum.orchestrator.agent;

/**
 * Which model it is, whichever agent service asks it: that may move while a run goes on.
 *
 * @param endpoint name of the endpoint where it is asked
 * @param baseUrl address of that
 * @param model what the model is called there
 */
public record ModelIdentity(String endpoint, String baseUrl, String model) {
    /** The model of some settings. */
    public static ModelIdentity of(ModelSettings settings) {
        return new ModelIdentity(settings.endpoint(), settings.baseUrl(), settings.model());
    }
}
