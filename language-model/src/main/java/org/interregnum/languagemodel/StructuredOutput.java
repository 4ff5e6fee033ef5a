package org.interregnum.languagemodel;

/** How a server is made to answer in JSON. The prompt describes the answer in any case. */
public enum StructuredOutput {
    /** The server is given the answer's JSON schema, strictly. */
    JSON_SCHEMA,
    /** The server is told to answer with a JSON object. */
    JSON_OBJECT,
    /** The server is told nothing. */
    NONE
}
