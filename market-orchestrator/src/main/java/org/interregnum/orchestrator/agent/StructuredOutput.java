package org.interregnum.orchestrator.agent;

/** How a model's server is made to answer in JSON. */
public enum StructuredOutput {
    /** It is given the answer's JSON schema. */
    JSON_SCHEMA,
    /** It is told to answer with a JSON object. */
    JSON_OBJECT,
    /** It is told nothing; the prompt alone asks for JSON. */
    NONE
}
